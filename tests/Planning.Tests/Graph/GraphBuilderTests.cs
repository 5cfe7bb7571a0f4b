using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class GraphBuilderTests
{
    private readonly GraphBuilder _graph = new();
    private readonly FakeWorld _world = new();

    [Fact]
    public void Asking_for_a_step_that_is_there_gives_that_one()
    {
        var dense = _graph.Add("dense", Train(1));

        _graph.Add("measured", Measure(dense.Checkpoint)).ShouldBeSameAs(_graph.Add("measured again", Measure(dense.Checkpoint)));
        Document().Nodes.Select(n => n.Name).ShouldBe(["dense", "measured"]);
    }

    /// <summary>What JSON knows of the types of a spec is some hundred thousand bytes; a graph of one step is a few thousand.</summary>
    [Fact]
    public void A_graph_is_compiled_without_learning_anew_what_types_specs_have()
    {
        static long Compile()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            new GraphBuilder().Add("dense", Train(1));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Compile();

        Compile().ShouldBeLessThan(30_000);
    }

    [Fact]
    public void A_plan_reads_no_spec_that_nobody_asks_for()
    {
        _world.RunToEnd(Recipes.Digits());

        var steps = RunGraph.Of(Recipes.Digits()).Plan(_world, _world.Now).Steps;

        steps.Count(s => s.Keyed!.IsRead).ShouldBe(0);
        steps[1].Spec.ShouldBeOfType<PruneSpec>();
        steps.Count(s => s.Keyed!.IsRead).ShouldBe(1);
    }

    [Fact]
    public void Two_steps_of_one_name_are_refused()
    {
        _graph.Add("dense", Train(1));

        Should.Throw<InvalidOperationException>(() => _graph.Add("dense", Train(2))).Message.ShouldContain("'dense'");
    }

    [Fact]
    public void References_become_what_the_steps_before_made_and_found()
    {
        var dense = _graph.Add("dense", Train(1));
        var cut = _graph.Add("cut", Cut(dense.Checkpoint));
        _graph.Add("again", Train(2) with { Checkpoint = cut.Checkpoint, Mask = cut.Output(OutputNames.Mask), NormDrop = cut.Metric(MetricNames.NormDrop) });

        var steps = RunToEnd().Steps.ToDictionary(s => s.Node);

        var again = steps["again"].Spec.ShouldBeOfType<TrainSpec>();
        (again.Checkpoint, again.Mask, again.NormDrop).ShouldBe((Output("cut", OutputNames.Checkpoint), Output("cut", OutputNames.Mask), 0.25));
        steps["again"].DependsOn.ShouldBe(["cut"]);
        steps["again"].Key.ShouldBe(StepKey.Of(again));

        ArtifactRef Output(string node, string name) => steps[node].Result!.Outputs[name];
    }

    [Fact]
    public void A_gate_for_any_fan_in_leaves_out_the_items_of_who_is_missing()
    {
        var members = Enumerable.Range(1, 3).Select(i => _graph.Add($"member-{i}", Train(i))).ToList();
        var gate = new QuorumGate { Members = [.. members.Select(m => m.Name)], Least = 2, Choice = "vote" };
        _graph.Add("vote", Measure(_graph.MemberOutput(0, OutputNames.Checkpoint)) with { Others = [_graph.MemberOutput(1, OutputNames.Checkpoint), _graph.MemberOutput(2, OutputNames.Checkpoint)] }, gate: gate);

        var plan = RunToEnd(fails: s => s.Node == "member-1");

        var steps = plan.Steps.ToDictionary(s => s.Node);
        var vote = steps["vote"].Spec.ShouldBeOfType<EvaluateSpec>();
        (vote.Checkpoint, vote.Others!.Single()).ShouldBe((Made("member-2"), Made("member-3")));
        _world.Choice("vote").ShouldBe([steps["member-2"].Key!, steps["member-3"].Key!]);

        ArtifactRef Made(string node) => steps[node].Result!.Outputs[OutputNames.Checkpoint];
    }

    [Fact]
    public void A_list_of_nobody_is_left_out()
    {
        var members = Enumerable.Range(1, 2).Select(i => _graph.Add($"member-{i}", Train(i))).ToList();
        var gate = new QuorumGate { Members = [.. members.Select(m => m.Name)], Least = 1 };
        _graph.Add("vote", Measure(_graph.MemberOutput(0, OutputNames.Checkpoint)) with { Others = [_graph.MemberOutput(1, OutputNames.Checkpoint)] }, gate: gate);

        var vote = (EvaluateSpec)RunToEnd(fails: s => s.Node == "member-2").Steps[^1].Spec!;

        vote.Others.ShouldBeNull();
    }

    [Fact]
    public void An_essential_step_behind_a_failed_one_tells_whose_fault_it_is()
    {
        var dense = _graph.Add("dense", Train(1));
        var cut = _graph.Add("cut", Cut(dense.Checkpoint));
        _graph.Add("last", Train(2) with { Checkpoint = cut.Checkpoint }, essential: true);

        RunToEnd(fails: s => s.Node == "dense").Failure.ShouldBe(
            new StepFailure(FailureCodes.Diverged, "last needs dense, which failed: The loss is NaN.", "Lower the learning rate."));
    }

    private static TrainSpec Train(int epochs) => new()
    {
        AlgorithmVersion = 1,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Epochs = epochs,
        Seed = 1,
        Schedule = MethodSpec.Of("linear"),
    };

    private static PruneSpec Cut(ArtifactRef checkpoint) => new() { AlgorithmVersion = 1, Checkpoint = checkpoint, Method = MethodSpec.Of("global-magnitude"), Sparsity = 0.5 };

    private static EvaluateSpec Measure(ArtifactRef checkpoint) => new()
    {
        AlgorithmVersion = 1,
        Checkpoint = checkpoint,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
    };

    private GraphDocument Document() => _graph.ToDocument("test", new string('0', 64));

    private Plan RunToEnd(Func<PlannedStep, bool>? fails = null) => _world.RunToEnd(RunGraph.Read(Document()), fails);
}

using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>Runs that another version compiled, with a kind of step and a field that this one does not know.</summary>
public sealed class ForeignStepTests
{
    private static readonly Recipe Recipe = Recipes.Digits(candidates: 2, cycles: 1, baselines: []);
    private readonly FakeWorld _world = new();
    private readonly RunGraph _graph = RunGraph.Read(ForeignGraph.WithUnknownKind(Recipe));

    [Fact]
    public void A_run_says_from_the_start_which_of_its_steps_this_version_does_not_know()
    {
        var unknown = Plan().Unknown.ToList();

        unknown.Select(s => s.Node).ShouldBe(["survey", "cycle-1/prune"]);
        unknown[0].Unknown.ShouldNotBeNull().ShouldContain("survey");
        unknown[1].Unknown.ShouldBe("it does not know all of findings");
    }

    [Fact]
    public void A_step_of_an_unknown_kind_is_ready_under_its_key_and_nobody_here_does_it()
    {
        RunDense();

        var step = Plan().Ready.Single();

        var dense = Plan().Steps[0].Result!.Outputs[OutputNames.Checkpoint];
        var json = $$"""{"kind":"survey","algorithmVersion":1,"checkpoint":{"digest":"{{dense.Digest}}","format":"safetensors","sizeBytes":{{dense.SizeBytes}}},"examples":128}""";
        (step.Node, step.Spec, step.Key).ShouldBe(("survey", null, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))));
        Plan().HasEnded.ShouldBeFalse();
    }

    [Fact]
    public void A_step_with_an_unknown_field_is_not_planned_as_if_the_field_were_not_there()
    {
        RunDense();
        var findings = new ArtifactRef(new string('5', 64), 9, ArtifactFormats.Safetensors);
        _world.Store(Result(Plan().Ready.Single().Key!, "survey", ("findings", findings)));

        var cut = Plan().Ready.Single();

        var plain = new FakeWorld();
        plain.Run(Planner.Plan(Recipe, plain, plain.Now).Ready.Single());
        (cut.Node, cut.Spec).ShouldBe((NodeNames.Prune(1), null));
        cut.Key.ShouldNotBe(Planner.Plan(Recipe, plain, plain.Now).Ready.Single().Key);
    }

    [Fact]
    public void What_workers_of_the_other_version_did_is_gone_on_with()
    {
        RunDense();
        _world.Store(Result(Plan().Ready.Single().Key!, "survey", ("findings", new ArtifactRef(new string('5', 64), 9, ArtifactFormats.Safetensors))));
        var cut = Result(Plan().Ready.Single().Key!, StepKinds.Prune, (OutputNames.Checkpoint, Any('6')), (OutputNames.Mask, Any('7')));
        _world.Store(cut with { Metrics = new Dictionary<string, double> { [MetricNames.NormDrop] = 0.1, [MetricNames.PrunedFraction] = 0.5 } });

        Plan().Ready.Select(s => s.Spec).ShouldAllBe(s => s is TrainSpec && ((TrainSpec)s).Mask == Any('7'));
    }

    [Fact]
    public void A_result_of_an_unknown_kind_without_what_later_steps_read_is_a_failure_not_a_crash()
    {
        RunDense();
        _world.Store(Result(Plan().Ready.Single().Key!, "survey"));

        Plan().Failure.ShouldNotBeNull().Reason.ShouldEndWith("lacks 'findings'.");
    }

    private static ArtifactRef Any(char digit) => new(new string(digit, 64), 9, ArtifactFormats.Safetensors);

    private static StepResult Result(string key, string kind, params (string Name, ArtifactRef Artifact)[] outputs) => new()
    {
        Key = key,
        Kind = kind,
        Outputs = outputs.ToDictionary(o => o.Name, o => o.Artifact),
        CompletedAt = FakeWorld.Start,
        Seconds = 1,
        Worker = "another version's",
    };

    private Plan Plan() => _graph.Plan(_world, _world.Now);

    private void RunDense() => _world.Run(Plan().Ready.Single());
}

using System.Text.Json;

namespace SparsePipeline.Contracts.Tests;

/// <summary>The one list of kinds of step, which JSON, queues, routing, settings and the check of results are made from.</summary>
public sealed class StepKindsTests
{
    public static TheoryData<string> Names => [.. StepKinds.All];

    [Fact]
    public void Every_spec_there_is_belongs_to_a_kind() =>
        StepKinds.Infos.Select(kind => kind.Spec).ShouldBe(
            typeof(StepSpec).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StepSpec))), ignoreOrder: true);

    [Fact]
    public void No_two_kinds_share_a_name_a_queue_or_a_message()
    {
        StepKinds.All.ShouldBeUnique();
        StepKinds.Infos.SelectMany(kind => new[] { kind.Queue, kind.PlanningQueue }).ShouldBeUnique();
        StepKinds.Infos.Select(kind => kind.Command).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_spec_says_its_kind_and_is_read_back_as_what_it_was(string name)
    {
        var spec = Sample(name);

        spec.Kind.ShouldBe(name);
        var json = JsonSerializer.Serialize<StepSpec>(spec, ContractJson.Options);
        JsonDocument.Parse(json).RootElement.GetProperty("kind").GetString().ShouldBe(name);
        StepKey.Of(JsonSerializer.Deserialize<StepSpec>(json, ContractJson.Options)!).ShouldBe(StepKey.Of(spec));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_holds_the_order_it_was_made_of(string name) => StepKinds.Find(name)!.Accept(new RoundTrip(Sample(name)));

    [Fact]
    public void Every_kind_whose_spec_names_data_says_so_that_workers_may_refuse_to_read_it() =>
        SampleSpecs.All.Values.Where(spec => spec.GetType().GetProperties().Any(property => property.PropertyType == typeof(DataSpec) && property.CanWrite))
            .ShouldAllBe(spec => spec.DataRead != null);

    [Theory]
    [InlineData(StepKinds.Train, nameof(CheckpointReady))]
    [InlineData(StepKinds.Prune, nameof(CheckpointReady))]
    [InlineData(StepKinds.Soup, nameof(CheckpointReady))]
    [InlineData(StepKinds.Evaluate, nameof(CheckpointEvaluated))]
    public void A_result_is_told_of_by_the_event_of_its_kind_and_a_failure_by_the_same_for_all(string name, string message)
    {
        var kind = StepKinds.Find(name)!;
        var result = new StepResult
        {
            Key = "key",
            Kind = name,
            CompletedAt = DateTimeOffset.UnixEpoch,
            Seconds = 1,
            Worker = "worker",
            Outputs = kind.Outputs.ToDictionary(output => output, _ => SampleSpecs.Artifact('1'), StringComparer.Ordinal),
        };

        kind.EventOf("run", result).GetType().Name.ShouldBe(message);
        kind.EventOf("run", result with { Failure = new("code", "reason", "remedy") }).ShouldBeOfType<StepFailed>().RunId.ShouldBe("run");
        StepFinished.Of("run", result).Outputs.ShouldBe(result.Outputs);
    }

    private static StepSpec Sample(string kind) => SampleSpecs.All.Values.First(spec => spec.Kind == kind);

    private sealed class RoundTrip(StepSpec sample) : IStepKindVisitor
    {
        public void Visit<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind)
            where TSpec : StepSpec
            where TCommand : class
        {
            var order = new StepOrder<TSpec>("run", "key", (TSpec)sample);

            kind.ToOrder(kind.ToCommand(order)).ShouldBe(order);
        }
    }
}

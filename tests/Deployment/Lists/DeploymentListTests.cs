using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Deployment.Lists;

/// <summary>Every list of an installation names every service of <see cref="PipelineServices"/>, and no test has to be told of a new one.</summary>
public sealed class DeploymentListTests
{
    private const string Alerts = "infra/observability/alerts.yaml";
    private const string Scaling = "infra/keda/scaledobjects.yaml";

    public static TheoryData<string> Places => [.. DeploymentLists.All.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_service_is_in_every_list(string place) =>
        PipelineServices.All.SelectMany(service => DeploymentLists.All[place](service).Select(what => $"{place} lacks, for {service.Name}: {what}")).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Places))]
    public void A_worker_that_a_list_does_not_name_is_found(string place) =>
        DeploymentLists.All[place](new ServiceDescription("aggregator", [Unwatched])).ShouldNotBeEmpty();

    /// <summary>Alerts name queues, and only what has queues is scaled by them.</summary>
    public static TheoryData<string> PlacesOfServices => [.. DeploymentLists.All.Keys.Where(place => place is not (Alerts or Scaling))];

    [Theory]
    [MemberData(nameof(PlacesOfServices))]
    public void A_service_without_steps_that_a_list_does_not_name_is_found(string place) =>
        DeploymentLists.All[place](new ServiceDescription("aggregator", [])).ShouldNotBeEmpty();

    [Fact]
    public void A_service_without_steps_that_is_scaled_by_queues_is_found() =>
        DeploymentLists.All[Scaling](new ServiceDescription("pruner", [])).ShouldNotBeEmpty();

    [Theory]
    [InlineData("infra/keda/scaledobjects.yaml", "a trigger for prune-checkpoint")]
    [InlineData("infra/rabbitmq/definitions.json", "the right of trainer to read prune-checkpoint")]
    public void A_queue_that_its_service_may_not_use_is_found(string place, string missing) =>
        DeploymentLists.All[place](new ServiceDescription("trainer", [PruneSpec.Info])).ShouldContain(missing);

    [Fact]
    public void A_queue_that_no_alert_watches_is_found() =>
        DeploymentLists.All[Alerts](new ServiceDescription("trainer", [Unwatched])).ShouldNotBeEmpty();

    [Fact]
    public void Every_program_that_is_a_service_is_described() =>
        PipelineServices.All.Select(service => service.Name).Order(StringComparer.Ordinal).ShouldBe(Repository.Programs);

    private static StepKindOf<PruneSpec, PruneCheckpoint> Unwatched { get; } = new()
    {
        Name = "unwatched",
        Version = 1,
        Service = "trainer",
        Queue = "unwatched-queue",
        Outputs = [],
        ToCommand = PruneSpec.Info.ToCommand,
        ToOrder = PruneSpec.Info.ToOrder,
    };
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The durable queues of the pipeline. A broker cannot be asked for them over AMQP, so they are listed: those of <see cref="StepKinds.Infos"/>.</summary>
public static class EndpointNames
{
    /// <summary>Suffix of the queue for messages whose consumer threw until it was given up, or that nobody survived.</summary>
    public const string ErrorSuffix = "_error";

    /// <summary>Suffix of the queue for messages that no consumer of the endpoint understands.</summary>
    public const string SkippedSuffix = "_skipped";

    /// <summary>One queue per kind of command, one per planner.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. StepKinds.Infos.Select(kind => kind.Queue), .. StepKinds.Infos.Select(kind => kind.PlanningQueue)];
}

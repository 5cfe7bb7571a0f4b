namespace SparsePipeline.Chaos.Broker;

/// <summary>The queues of the pipeline.</summary>
internal static class PipelineQueues
{
    /// <summary>What workers read from.</summary>
    public static readonly string[] All =
    [
        "plan-training", "plan-pruning", "plan-soup", "plan-evaluation", "plan-collect", "plan-time",
        "train-checkpoint", "prune-checkpoint", "cook-soup", "evaluate-checkpoint", "collect-statistics", "time-layers",
    ];

    /// <summary>Where a queue's messages go that nobody could deal with.</summary>
    public static string ErrorsOf(string queue) => queue + "_error";

    /// <summary>The exchange a message type is published to.</summary>
    public static string ExchangeOf<T>() => $"{typeof(T).Namespace}:{typeof(T).Name}";
}

using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Processes;

/// <summary>Settings all processes share: short leases and sweeps, so that what costs minutes in life costs seconds here.</summary>
internal static class ChaosSettings
{
    /// <summary>Seconds after which a silent holder has lost its claim.</summary>
    public const double LeaseSeconds = 4;

    /// <summary>Tries of a step without progress; far above what a schedule does to one step, so a step that runs into it is a finding.</summary>
    public const int MaxAttempts = 20;

    /// <summary>For the environment of a process, without the prefix.</summary>
    public static IReadOnlyDictionary<string, string> Of(BrokerVirtualHost broker, ObjectStoreBucket bucket) =>
        new Dictionary<string, string>(broker.Environment.Concat(bucket.Environment), StringComparer.Ordinal)
        {
            ["SPARSEPIPELINE_RabbitMq__Host"] = "127.0.0.1",
            ["SPARSEPIPELINE_RabbitMq__HeartbeatSeconds"] = "2",
            ["SPARSEPIPELINE_Bus__ConfirmSeconds"] = "3",
            ["SPARSEPIPELINE_Runs__SweepPatienceSeconds"] = "10",
            ["SPARSEPIPELINE_S3__TimeoutSeconds"] = "3",
            ["SPARSEPIPELINE_S3__Retries"] = "3",
            ["SPARSEPIPELINE_Claims__LeaseSeconds"] = LeaseSeconds.ToString(),
            ["SPARSEPIPELINE_Claims__HeartbeatSeconds"] = "1",
            ["SPARSEPIPELINE_Claims__ResendSeconds"] = "3",
            ["SPARSEPIPELINE_Claims__MaxResendSeconds"] = "6",
            ["SPARSEPIPELINE_Claims__PauseSeconds"] = "3",
            ["SPARSEPIPELINE_Claims__MaxAttempts"] = MaxAttempts.ToString(),
            ["SPARSEPIPELINE_Slices__CheckpointSeconds"] = "0.5",
            ["SPARSEPIPELINE_Runners__Count"] = "1",
            ["SPARSEPIPELINE_Runners__Path"] = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Runner"),
            ["SPARSEPIPELINE_Runs__SweepSeconds"] = "1",
            // Short lives: compiling well is not worth its time.
            ["DOTNET_TieredPGO"] = "0",
        };
}

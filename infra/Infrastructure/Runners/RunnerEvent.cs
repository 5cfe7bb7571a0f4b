using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>A line from a runner.</summary>
public sealed record RunnerEvent
{
    /// <summary>The runner has started and takes jobs; carries <see cref="Version"/>.</summary>
    public const string Ready = "ready";

    /// <summary>The job goes on; carries <see cref="Progress"/>.</summary>
    public const string Progressed = "progress";

    /// <summary>The job ended well; carries <see cref="Reply"/>.</summary>
    public const string Done = "done";

    /// <summary>The job refused its input for good; carries <see cref="Failure"/>.</summary>
    public const string Failed = "failed";

    /// <summary>The job met an error that another try may not meet; carries <see cref="Error"/>.</summary>
    public const string Faulted = "faulted";

    /// <summary>The job could not reach its store, which is about nothing it was asked to do; carries <see cref="Error"/>.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The job stopped because it was asked to.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>One of the constants above.</summary>
    public required string Type { get; init; }

    /// <summary>Number of the job; 0 for <see cref="Ready"/>.</summary>
    public long Id { get; init; }

    public int? Version { get; init; }

    public RunnerProgress? Progress { get; init; }

    public JsonElement? Reply { get; init; }

    public StepFailure? Failure { get; init; }

    /// <summary>Exception with its stack, for the log.</summary>
    public string? Error { get; init; }

    /// <summary>Where the disk is full, when that is why the job could not reach its store.</summary>
    public string? FullDisk { get; init; }

    /// <summary>Resident memory of the runner when the job ended.</summary>
    public long? ResidentBytes { get; init; }
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>A CloudEvent 1.0 that says a checkpoint is there. Source and id make it what it is: the same again changes nothing.</summary>
public sealed record TrainingEvent
{
    /// <summary>The version of CloudEvents.</summary>
    public string Specversion => "1.0";

    /// <summary>What happened.</summary>
    public string Type => EventTypes.CheckpointPublished;

    /// <summary>Who publishes, such as <c>/trainings/digits</c> or an absolute URI.</summary>
    public required string Source { get; init; }

    /// <summary>Unique for the source.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened; null for when it is received.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>W3C trace context that the run's traces belong to.</summary>
    public string? Traceparent { get; init; }

    /// <summary>Which checkpoint of which model.</summary>
    public required CheckpointPublished Data { get; init; }
}

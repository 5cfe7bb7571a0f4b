namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>A message that was given up and waits for a person.</summary>
public sealed record FailedMessage
{
    /// <summary>Its message id; a digest of the body when whoever sent it gave none.</summary>
    public required string Id { get; init; }

    /// <summary>The error or skipped queue that holds it.</summary>
    public required string Queue { get; init; }

    /// <summary>Name of the message type, for example <c>TrainCheckpoint</c>; null when it cannot be read.</summary>
    public string? Type { get; init; }

    /// <summary>The run it is about, if it says so.</summary>
    public string? RunId { get; init; }

    /// <summary>The step it is about, if it says so.</summary>
    public string? StepKey { get; init; }

    /// <summary>Why it is here.</summary>
    public required string Reason { get; init; }

    /// <summary>Type of the exception, if there was one.</summary>
    public string? Exception { get; init; }

    /// <summary>Where the exception was thrown.</summary>
    public string? StackTrace { get; init; }

    /// <summary>The machine that gave it up.</summary>
    public string? Host { get; init; }

    /// <summary>When it was given up, or else sent.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The message as it was sent, at most <see cref="FailedMessageReader.MaxBodyBytes"/> of it.</summary>
    public required string Body { get; init; }
}

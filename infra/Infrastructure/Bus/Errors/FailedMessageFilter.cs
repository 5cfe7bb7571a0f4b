namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>Which failed messages are meant; everything that is null does not matter.</summary>
public sealed record FailedMessageFilter
{
    /// <summary>A message id.</summary>
    public string? Id { get; init; }

    /// <summary>A queue with or without its suffix.</summary>
    public string? Queue { get; init; }

    /// <summary>A run id or its beginning.</summary>
    public string? Run { get; init; }

    /// <summary>The queues worth looking into.</summary>
    public IEnumerable<string> QueuesOf(IEnumerable<string> queues) => queues.Where(queue => Queue is null
        || queue == Queue || queue == Queue + EndpointNames.ErrorSuffix || queue == Queue + EndpointNames.SkippedSuffix);

    /// <summary>Whether the message is one of those meant.</summary>
    public bool Matches(FailedMessage message) =>
        (Id is null || message.Id == Id) && (Run is null || message.RunId?.StartsWith(Run, StringComparison.Ordinal) == true);
}

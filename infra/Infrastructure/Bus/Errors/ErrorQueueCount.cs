namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>How many messages an error or skipped queue holds; those somebody looks at this moment are not counted.</summary>
/// <param name="Queue">Name of the queue.</param>
/// <param name="Messages">Messages in it.</param>
public sealed record ErrorQueueCount(string Queue, long Messages);

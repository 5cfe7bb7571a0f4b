namespace SparsePipeline.Infrastructure.Runners;

/// <summary>No runner could be started: nothing is wrong with the job, and another try may help once the reason is mended.</summary>
public sealed class RunnerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

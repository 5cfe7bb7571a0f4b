namespace SparsePipeline.Infrastructure.Runners;

/// <summary>A job ended with an unexpected exception inside a healthy runner; the message is that exception with its stack.</summary>
public sealed class RunnerJobException(string job, string error) : Exception($"The job '{job}' failed in its runner: {error}");

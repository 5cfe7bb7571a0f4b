using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner;

/// <summary>Writes events as whole lines, from any thread.</summary>
internal sealed class EventWriter(Stream stream)
{
    private readonly Lock _writing = new();

    public void Write(RunnerEvent message)
    {
        var line = RunnerProtocol.Encoding.GetBytes(RunnerProtocol.Write(message) + '\n');
        lock (_writing)
            stream.Write(line);
    }

    /// <summary>Progress of one job, sent at once and in order; <see cref="Progress{T}"/> would do neither.</summary>
    public IProgress<RunnerProgress> ProgressOf(long id) => new JobProgress(this, id);

    private sealed class JobProgress(EventWriter writer, long id) : IProgress<RunnerProgress>
    {
        public void Report(RunnerProgress value) => writer.Write(new RunnerEvent { Type = RunnerEvent.Progressed, Id = id, Progress = value });
    }
}

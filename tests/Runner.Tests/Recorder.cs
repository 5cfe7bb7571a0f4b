using System.Threading.Channels;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>Lets a test wait for progress, one report after the other.</summary>
internal sealed class Recorder : IProgress<RunnerProgress>
{
    private readonly Channel<RunnerProgress> _reports = Channel.CreateUnbounded<RunnerProgress>();

    /// <summary>Reports nobody waited for yet.</summary>
    public int Count => _reports.Reader.Count;

    /// <summary>The next report; a job that ends without it is an error, not a wait for ever.</summary>
    public async Task<string> NextAsync() => (await _reports.Reader.ReadAsync(TestContext.Current.CancellationToken)).Message;

    public void Report(RunnerProgress value) => _reports.Writer.TryWrite(value);

    /// <summary>The job has ended, by this exception or well.</summary>
    public void End(Exception? error) => _reports.Writer.TryComplete(error);
}

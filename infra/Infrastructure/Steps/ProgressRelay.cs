using System.Threading.Channels;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Passes progress on one at a time and in order; when it comes faster than it is handled, only the latest counts.</summary>
internal sealed class ProgressRelay : IProgress<RunnerProgress>, IAsyncDisposable
{
    private readonly Channel<RunnerProgress> _reports =
        Channel.CreateUnbounded<RunnerProgress>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Func<RunnerProgress, Task> _handle;
    private readonly Task _relaying;

    public ProgressRelay(Func<RunnerProgress, Task> handle)
    {
        _handle = handle;
        _relaying = RelayAsync();
    }

    public void Report(RunnerProgress value) => _reports.Writer.TryWrite(value);

    /// <summary>Returns when everything told has been handled.</summary>
    public async ValueTask DisposeAsync()
    {
        _reports.Writer.TryComplete();
        await _relaying;
    }

    private async Task RelayAsync()
    {
        while (await _reports.Reader.WaitToReadAsync())
        {
            while (_reports.Reader.TryRead(out var report))
            {
                if (report.ResumePoint is not null || !_reports.Reader.TryPeek(out _))
                    await _handle(report);
            }
        }
    }
}

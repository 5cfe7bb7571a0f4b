using System.Threading.Channels;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// Passes progress on one at a time and in order: every resume point, and of the rest what people can follow. A small network's epoch takes
/// milliseconds, and a message for each would take compute time from the training it tells of.
/// </summary>
internal sealed class ProgressRelay : IProgress<RunnerProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<RunnerProgress> _reports =
        Channel.CreateUnbounded<RunnerProgress>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _end = new();
    private readonly Func<RunnerProgress, Task> _handle;
    private readonly TimeProvider _time;
    private readonly Task _relaying;

    public ProgressRelay(Func<RunnerProgress, Task> handle, TimeProvider time)
    {
        (_handle, _time) = (handle, time);
        _relaying = RelayAsync();
    }

    public void Report(RunnerProgress value) => _reports.Writer.TryWrite(value);

    /// <summary>Returns when everything told has been handled.</summary>
    public async ValueTask DisposeAsync()
    {
        _reports.Writer.TryComplete();
        await _end.CancelAsync();
        await _relaying;
        _end.Dispose();
    }

    private async Task RelayAsync()
    {
        await foreach (var report in _reports.Reader.ReadAllAsync())
        {
            var isLatest = !_reports.Reader.TryPeek(out _);
            if (isLatest || report.ResumePoint is not null)
                await _handle(report);
            if (isLatest)
                await Task.Delay(Pause, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

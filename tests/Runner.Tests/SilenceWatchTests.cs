using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

/// <summary>Four looks in four seconds, on a clock that the test moves.</summary>
public sealed class SilenceWatchTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<bool> _looks = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource _silent = new();
    private readonly SilenceWatch _watch;
    private TimeSpan _computed;
    private TimeSpan _computesEachSecond;

    public SilenceWatchTests() => _watch = new SilenceWatch(TimeSpan.FromSeconds(4), Look, _time, _silent.SetResult);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    [Fact]
    public async Task A_job_that_neither_reports_nor_computes_is_called_out_when_patience_has_run_out_and_not_before()
    {
        await PassAsync(seconds: 3);
        _silent.Task.IsCompleted.ShouldBeFalse();

        await PassAsync(seconds: 1);

        await _silent.Task;
    }

    [Fact]
    public async Task A_job_that_reports_is_given_all_the_patience_again()
    {
        await PassAsync(seconds: 3);
        _watch.Heard();

        await PassAsync(seconds: 3);

        _silent.Task.IsCompleted.ShouldBeFalse();
        await PassAsync(seconds: 1);
        await _silent.Task;
    }

    [Fact]
    public async Task A_job_that_computes_without_a_word_is_left_alone()
    {
        _computesEachSecond = TimeSpan.FromMilliseconds(20);

        await PassAsync(seconds: 40);

        _silent.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_little_that_an_idle_process_computes_is_no_sign_of_life()
    {
        _computesEachSecond = TimeSpan.FromMilliseconds(2);

        await PassAsync(seconds: 4);

        await _silent.Task;
    }

    private TimeSpan Look()
    {
        _looks.Writer.TryWrite(true);
        return _computed;
    }

    private async Task PassAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            // The look before this second has begun the count; a look that has not happened yet would merge with the next.
            await _looks.Reader.ReadAsync(TestContext.Current.CancellationToken);
            _computed += _computesEachSecond;
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}

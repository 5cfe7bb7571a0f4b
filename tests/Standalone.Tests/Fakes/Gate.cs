namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>Holds jobs until a test lets them go on, so that it can act while they run.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _opened = new();

    /// <summary>A script that stops the jobs whose request is such a one.</summary>
    public Func<object, CancellationToken, Task> Before(Predicate<object> request) =>
        (asked, stop) => request(asked) ? PassAsync(stop) : Task.CompletedTask;

    /// <summary>Completes when the first job has come to the gate.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(Pipelines.Patience());

    public void Open() => _opened.SetResult();

    private async Task PassAsync(CancellationToken stop)
    {
        _reached.TrySetResult();
        await _opened.Task.WaitAsync(stop);
    }
}

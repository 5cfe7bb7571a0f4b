namespace SparsePipeline.Benchmarks;

/// <summary>Tells when so many events have arrived.</summary>
internal sealed class EventCount
{
    private TaskCompletionSource _all = new();
    private int _left;

    public void Add()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _all.TrySetResult();
    }

    /// <summary>Completes when the given number has arrived from now on.</summary>
    public Task Expect(int events)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, events);
        return _all.Task;
    }
}

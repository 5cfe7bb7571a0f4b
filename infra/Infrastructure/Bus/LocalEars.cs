using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>On a bus inside one process one consumer hears everything anyway.</summary>
internal sealed class LocalEars : IRunEars, IAsyncDisposable
{
    public Task<IAsyncDisposable> ListenAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable>(this);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

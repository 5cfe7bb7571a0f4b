using Microsoft.Extensions.Hosting;

namespace SparsePipeline.Standalone;

/// <summary>Whoever started the pipeline decides when it stops; signals are theirs to handle.</summary>
public sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

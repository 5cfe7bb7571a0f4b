using Microsoft.Extensions.Hosting;

namespace SparsePipeline.ServiceHost.Http;

/// <summary>Leaves signals to the service around it.</summary>
internal sealed class InnerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

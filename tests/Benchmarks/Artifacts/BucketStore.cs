using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Benchmarks;

/// <summary>The artifact store of a process that works on a bucket, as its services build it.</summary>
internal sealed class BucketStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="settings">Which bucket.</param>
    /// <param name="folder">Where this process keeps its copies.</param>
    public BucketStore(IEnumerable<KeyValuePair<string, string?>> settings, string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings)
            .AddInMemoryCollection([new("Store:Folder", folder)]).Build();
        _services = new ServiceCollection().AddSparsePipelineOptions(configuration).AddStores().BuildServiceProvider();
        Artifacts = _services.GetRequiredService<IArtifactStore>();
    }

    public IArtifactStore Artifacts { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>A pool of real runner processes whose jobs do to them what native code may do, <c>abort</c> for example.</summary>
internal sealed class RealRunners : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public RealRunners(string storeFolder)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Store:Folder"] = storeFolder,
            ["Runners:Count"] = "1",
            ["Runners:Path"] = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.TestRunner"),
        };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSparsePipelineOptions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddStores()
            .AddRunners()
            .BuildServiceProvider();
    }

    public Task<string> RunAsync(string job, string text, CancellationToken cancellationToken) =>
        _services.GetRequiredService<IRunnerPool>().RunAsync<string, string>(job, text, progress: null, cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

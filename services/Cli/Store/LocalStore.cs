using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Cli.Store;

/// <summary>The stores of a folder and a pool of runners, without a bus: for commands that look or do one thing.</summary>
internal sealed class LocalStore : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private LocalStore(ServiceProvider services) => this.services = services;

    public IArtifactStore Artifacts => services.GetRequiredService<IArtifactStore>();

    public IRunStore Runs => services.GetRequiredService<IRunStore>();

    /// <summary>Plans runs from what the store says.</summary>
    public RunPlanner Planner => services.GetRequiredService<RunPlanner>();

    /// <summary>Starts runner processes when the first job comes.</summary>
    public IRunnerPool Runners => services.GetRequiredService<IRunnerPool>();

    /// <summary>Opens the store of a folder and creates the folder when it is missing.</summary>
    public static LocalStore Open(string folder)
    {
        var settings = new Dictionary<string, string?> { [$"{StoreOptions.Section}:{nameof(StoreOptions.Folder)}"] = folder };
        return new LocalStore(new ServiceCollection()
            .AddLogging()
            .AddSparsePipelineOptions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddFileStores()
            .AddRunners()
            .AddSingleton<ResultCache>()
            .AddSingleton<RunPlanner>()
            .BuildServiceProvider());
    }

    /// <summary>Opens a store that exists already; looking at one creates nothing.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: there is no such folder.</exception>
    public static LocalStore OpenExisting(string folder) => Directory.Exists(folder) ? Open(folder) : throw new DomainException(
        FailureCodes.InvalidOption, $"--store {folder} does not exist.", "Name the folder that `sparsepipe run` wrote to.");

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

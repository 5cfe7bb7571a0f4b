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
    private readonly string? temporaryFolder;

    private LocalStore(ServiceProvider services, string? temporaryFolder = null) => (this.services, this.temporaryFolder) = (services, temporaryFolder);

    public IArtifactStore Artifacts => services.GetRequiredService<IArtifactStore>();

    public IRunStore Runs => services.GetRequiredService<IRunStore>();

    /// <summary>Plans runs from what the store says.</summary>
    public RunPlanner Planner => services.GetRequiredService<RunPlanner>();

    /// <summary>Starts runner processes when the first job comes.</summary>
    public IRunnerPool Runners => services.GetRequiredService<IRunnerPool>();

    /// <summary>Opens the store of a folder; a folder that is missing is created by the first write.</summary>
    public static LocalStore Open(string folder) => new(Services(folder));

    /// <summary>Opens a store of its own that goes away with this object: for jobs whose results nobody is to find later.</summary>
    public static LocalStore OpenTemporary()
    {
        var folder = Directory.CreateTempSubdirectory("sparsepipe-").FullName;
        return new(Services(folder), folder);
    }

    /// <summary>Opens a store that exists already; looking at one creates nothing.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: there is no such folder.</exception>
    public static LocalStore OpenExisting(string folder) => Directory.Exists(folder) ? Open(folder) : throw new DomainException(
        FailureCodes.InvalidOption, $"--store {folder} does not exist.", "Name the folder that `sparsepipe run` wrote to.");

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (temporaryFolder is not null)
            Directory.Delete(temporaryFolder, recursive: true);
    }

    private static ServiceProvider Services(string folder)
    {
        var settings = new Dictionary<string, string?> { [$"{StoreOptions.Section}:{nameof(StoreOptions.Folder)}"] = folder };
        return new ServiceCollection()
            .AddLogging()
            .AddSparsePipelineOptions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddFileStores()
            .AddRunners()
            .AddSingleton<ResultCache>()
            .AddSingleton<RunPlanner>()
            .BuildServiceProvider();
    }
}

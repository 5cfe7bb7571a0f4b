using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Verification;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Store;

/// <summary>The stores a command works on and a pool of runners, without a bus: for commands that look or do one thing.</summary>
internal sealed class LocalStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string? _temporaryFolder;

    private LocalStore(CommandSettings settings, string? temporaryFolder = null) => (_services, _temporaryFolder) = (Services(settings), temporaryFolder);

    public IArtifactStore Artifacts => _services.GetRequiredService<IArtifactStore>();

    public IRunStore Runs => _services.GetRequiredService<IRunStore>();

    /// <summary>Plans runs from what the store says.</summary>
    public RunPlanner Planner => _services.GetRequiredService<RunPlanner>();

    /// <summary>Lists runs without looking at each.</summary>
    public RunIndex Index => _services.GetRequiredService<RunIndex>();

    /// <summary>Puts the runs of older versions into the index.</summary>
    public RunIndexBuilding IndexBuilding => ActivatorUtilities.CreateInstance<RunIndexBuilding>(_services);

    /// <summary>Starts runner processes when the first job comes.</summary>
    public IRunnerPool Runners => _services.GetRequiredService<IRunnerPool>();

    /// <summary>Who may use the gateway.</summary>
    public AccessKeys Keys => _services.GetRequiredService<AccessKeys>();

    /// <summary>Says whether runs can be done at all, from what was asked before where it can.</summary>
    public RehearsedRuns Rehearsed => ActivatorUtilities.CreateInstance<RehearsedRuns>(_services);

    /// <summary>Finds and deletes what nothing refers to.</summary>
    public Collector Collector => _services.GetRequiredService<Collector>();

    /// <summary>Finds what is lost and deletes what has to be made again.</summary>
    public Repair Repair => _services.GetRequiredService<Repair>();

    /// <summary>Compares documents with blobs.</summary>
    public StoreVerification Verification => ActivatorUtilities.CreateInstance<StoreVerification>(_services);

    /// <summary>Looks at a few blobs.</summary>
    public StoreSample Sample => ActivatorUtilities.CreateInstance<StoreSample>(_services);

    /// <summary>Tries the bucket out; only for settings that name one.</summary>
    public S3Probe Probe => ActivatorUtilities.CreateInstance<S3Probe>(_services);

    /// <summary>Where the bucket is.</summary>
    public S3Options Bucket => _services.GetRequiredService<IOptions<S3Options>>().Value;

    /// <summary>Who speaks for which step.</summary>
    public IClaimStore StepClaims => _services.GetRequiredService<IClaimStore>();

    /// <summary>How long claims last.</summary>
    public ClaimOptions Claims => _services.GetRequiredService<IOptions<ClaimOptions>>().Value;

    /// <summary>Opens the store of the settings; a folder that is missing is created by the first write.</summary>
    public static LocalStore Open(CommandSettings settings) => new(settings);

    /// <summary>Opens a store of its own that goes away with this object: for jobs whose results nobody is to find later.</summary>
    public static LocalStore OpenTemporary()
    {
        var folder = Directory.CreateTempSubdirectory("sparsepipe-").FullName;
        return new(CommandSettings.OfFolder(folder), folder);
    }

    /// <summary>Opens a store that exists already; looking at one creates nothing.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: there is no such folder.</exception>
    public static LocalStore OpenExisting(CommandSettings settings) => !settings.IsFolder || Directory.Exists(settings.Folder)
        ? Open(settings)
        : throw new DomainException(
            FailureCodes.InvalidOption, $"--store {settings.Folder} does not exist.", "Name the folder that `sparsepipe run` wrote to, or a --profile.");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_temporaryFolder is not null)
            Directory.Delete(_temporaryFolder, recursive: true);
    }

    private static ServiceProvider Services(CommandSettings settings)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSparsePipelineOptions(settings.Configuration)
            .AddStores()
            .AddRunners()
            .AddSingleton<ResultCache>()
            .AddSingleton<RunPlanner>()
            .AddSingleton<Repair>();
        WrongSettings.Refuse(services, settings.Configuration);
        return services.BuildServiceProvider();
    }
}

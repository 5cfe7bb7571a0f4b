using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SparsePipeline.Chaos.Broker;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Verification;
using SparsePipeline.Planning;

namespace SparsePipeline.Chaos.Processes;

/// <summary>Submits runs and says where they stand, with the product's own stores and planner, past all proxies.</summary>
internal sealed class RunClient : IDisposable
{
    private const string Prefix = "SPARSEPIPELINE_";
    private readonly ServiceProvider _services;
    private readonly BusPublisher _bus;

    public RunClient(IReadOnlyDictionary<string, string> settings, string folder, BusPublisher bus, TimeProvider? time = null)
    {
        _bus = bus;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(s => s.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(s => new KeyValuePair<string, string?>(s.Key[Prefix.Length..].Replace("__", ":"), s.Value)))
            .AddInMemoryCollection([new("Store:Folder", folder)]).Build();
        _services = new ServiceCollection()
            .AddSparsePipelineOptions(configuration)
            .AddSingleton(time ?? TimeProvider.System)
            .AddLogging(logging => logging.ClearProviders())
            .AddStores()
            .AddSingleton<ResultCache>()
            .AddSingleton<RunPlanner>()
            .AddSingleton<Repair>()
            .BuildServiceProvider();
    }

    /// <summary>Any service of the product's stores.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Stores the recipe and tells the workers; a broker that is down does not matter.</summary>
    public async Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var runId = await Get<IRunStore>().SubmitAsync(recipe, cancellationToken);
        try
        {
            await _bus.SendAsync(PipelineQueues.ExchangeOf<RunSubmitted>(), new RunSubmitted { RunId = runId });
        }
        catch (Exception lost) when (lost is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException)
        {
            // The sweep finds the run.
        }
        return runId;
    }

    /// <summary>What <c>sparsepipe repair RUN --yes --detach</c> does.</summary>
    public async Task RepairAsync(string runId, CancellationToken cancellationToken)
    {
        var recipe = await Get<IRunStore>().ReadRecipeAsync(runId, cancellationToken);
        await Get<Repair>().ApplyAsync(await Get<Repair>().ExamineRunAsync(runId, cancellationToken), cancellationToken);
        await SubmitAsync(recipe!, cancellationToken);
    }

    /// <summary>Where a run stands; that it has ended is believed only of what is in the store.</summary>
    public async Task<Plan> PlanAsync(string runId, CancellationToken cancellationToken) =>
        await Get<RunPlanner>().PlanAsync(runId, cancellationToken) is { HasEnded: false } plan
            ? plan
            : await Get<RunPlanner>().ReviewAsync(runId, cancellationToken) ?? throw new InvalidOperationException($"No run {runId}.");

    /// <summary>Returns when the run has ended, whichever way.</summary>
    public async Task<Plan> WaitAsync(string runId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var plan = await PlanAsync(runId, cancellationToken);
            if (plan.Finished || plan.Failure is not null)
                return plan;
            await Task.Delay(200, cancellationToken);
        }
    }

    /// <summary>Digest per node, as <see cref="EmbeddedRun"/> tells them.</summary>
    public static IReadOnlyDictionary<string, string> DigestsOf(Plan plan) => plan.Steps
        .Where(s => s.Result is { Failure: null })
        .ToDictionary(s => s.Node, s => (s.Result!.Outputs.GetValueOrDefault(OutputNames.Checkpoint) ?? s.Result.Outputs[OutputNames.Report]).Digest);

    public void Dispose() => _services.Dispose();
}

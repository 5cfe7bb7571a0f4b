using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Standalone.Tests.Fakes;

/// <summary>Embedded pipelines with real stores, bus, pruner and souper, and scripted runners.</summary>
internal static class Pipelines
{
    // Everything that heals is made impatient, so that tests of healing take seconds.
    private static readonly Dictionary<string, string?> Impatient = new()
    {
        ["Claims:LeaseSeconds"] = "1",
        ["Claims:HeartbeatSeconds"] = "0.2",
        ["Runs:SweepSeconds"] = "0.1",
        ["Serilog:MinimumLevel:Default"] = "Fatal",
    };

    public static Task<EmbeddedPipeline> StartAsync(string folder, JobLog log, Action<IServiceCollection>? adjust = null) =>
        StartAsync(folder, log, Impatient, adjust);

    /// <summary>With settings besides the impatient ones, a broker's for example.</summary>
    public static Task<EmbeddedPipeline> StartWithAsync(
        string folder, JobLog log, IEnumerable<KeyValuePair<string, string?>> settings, Action<IServiceCollection>? adjust = null) =>
        StartAsync(folder, log, Merged(settings), adjust);

    private static Dictionary<string, string?> Merged(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var merged = new Dictionary<string, string?>(Impatient, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
            merged[name] = value;
        return merged;
    }

    private static Task<EmbeddedPipeline> StartAsync(
        string folder, JobLog log, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? adjust) =>
        EmbeddedPipeline.StartAsync(
            new EmbeddedOptions { StoreFolder = folder, Runners = 2, Settings = settings },
            services =>
            {
                services.AddSingleton(log).AddSingleton<IRunnerPool, ScriptedRunners>();
                adjust?.Invoke(services);
            },
            CancellationToken.None);

    public static Recipe Recipe(int candidates = 3, int cycles = 2, long seed = 1, string pruner = "global-magnitude", int? quorum = null) => new()
    {
        Name = "scripted",
        Seed = seed,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 1, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.75, Cycles = cycles, Method = MethodSpec.Of(pruner) },
        Retraining = new RetrainingRecipe { Epochs = 1, Candidates = candidates },
        Soup = new SoupRecipe { Quorum = quorum },
        Evaluation = new EvaluationRecipe { Baselines = [] },
    };

    /// <summary>Runs a recipe in a pipeline of its own.</summary>
    public static async Task<RunOutcome> RunAsync(string folder, Recipe recipe, JobLog log, Action<IServiceCollection>? adjust = null)
    {
        await using var pipeline = await StartAsync(folder, log, adjust);
        return await pipeline.RunAsync(recipe, new Observations(), Patience());
    }

    /// <summary>A run that hangs is a failure, not a test that never ends.</summary>
    public static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    /// <summary>Digests of everything a run made, by node.</summary>
    public static IReadOnlyDictionary<string, string> Digests(Plan plan) => plan.Steps.ToDictionary(
        s => s.Node, s => string.Join(' ', s.Result!.Outputs.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={o.Value.Digest}")));
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Claims;
using SparsePipeline.Planning;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Runs.Scale;

/// <summary>A store with many active runs, each of which waits for a command that was sent a moment ago, and one process that sweeps.</summary>
internal sealed class ManyRuns
{
    private const int AtOnce = 32;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RunSweep _sweep;
    private readonly ClaimStore _claims;
    private readonly RunStore _runs;

    public ManyRuns(IObjectStore store, IArtifactStore artifacts)
    {
        Store = new CountingStore(store);
        var claiming = Wrapped.Create(new ClaimOptions { LeaseSeconds = 3600, HeartbeatSeconds = 10, ResendSeconds = 3600 });
        _runs = new RunStore(Store, _time);
        _claims = new ClaimStore(Store, claiming, new FakeOwners(), _time);
        Steps = new StepStore(
            Store, artifacts, new DamagedResults(Store, NullLogger<DamagedResults>.Instance), claiming, Wrapped.Create(new TrainingSliceOptions()), _time);
        var planner = new RunPlanner(_runs, new ResultCache(Steps, _claims, _runs), _time);
        _sweep = new RunSweep(
            _runs, planner, _claims, new RecordingBus(), new NudgePatience(RunWorld.Sweeping, claiming, _time), new SweepRounds(),
            RunWorld.Sweeping, _time, NullLogger<RunSweep>.Instance);
        Index = new RunIndex(Store, _runs);
    }

    public CountingStore Store { get; }

    public StepStore Steps { get; }

    public RunIndex Index { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Writes what the submission of so many runs and the sending of their first commands leave behind, from a number on.</summary>
    public Task SubmitAsync(int from, int count) => Parallel.ForAsync(from, from + count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token }, async (i, token) =>
    {
        var recipe = Recipe(i);
        var runId = RunId.Of(recipe);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _runs.StoreGraphAsync(runId, GraphCompiler.Compile(recipe), token);
        await Store.WriteAsync($"runs/{runId}/recipe.json", CanonicalJson.Serialize(recipe), token);
        await Store.WriteAsync($"runs/active/{runId}.json", "{}"u8.ToArray(), token);
        await _runs.IndexAsync(runId, token);
        await _claims.TryMarkSentAsync(KeyOf(i), token);
    });

    /// <summary>Lets the training that a run waits for be done, without any event.</summary>
    public Task ChangeAsync(int run) => _claims.TryClaimAsync(KeyOf(run), "a worker", Token);

    /// <summary>Sweeps as often as it takes for every run to have been seen and nothing to be news any more; returns how often.</summary>
    public async Task<int> SettleAsync(int runs)
    {
        var sweeps = 2 + (runs / SweepRounds.Quiet);
        for (var i = 0; i < sweeps; i++)
            await _sweep.SweepAsync(() => { }, Token);
        return sweeps;
    }

    /// <summary>Requests of one sweep.</summary>
    public async Task<long> SweepAsync()
    {
        Store.Take();
        await _sweep.SweepAsync(() => { }, Token);
        return Store.Take();
    }

    private static Recipe Recipe(int i) => RunWorld.Recipe($"many-{i:00000}", epochs: 1 + i);

    private static string KeyOf(int i) => Planner.Plan(Recipe(i), new NothingKnown(), DateTimeOffset.UnixEpoch).Ready.Single().Key!;

    private sealed class NothingKnown : IPlanLookup
    {
        public StepResult? Result(string stepKey) => null;

        public IReadOnlyList<string>? Choice(string node) => null;
    }
}

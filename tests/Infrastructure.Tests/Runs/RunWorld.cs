using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using SparsePipeline.Infrastructure.Tests.Claims;

namespace SparsePipeline.Infrastructure.Tests.Runs;

/// <summary>A store, a clock, and what one process of several has on top of them.</summary>
internal sealed class RunWorld : IDisposable
{
    private readonly TemporaryStore _files = new();

    public RunWorld()
    {
        Runs = new RunStore(_files.Objects, Time);
        Index = new RunIndex(_files.Objects, Runs);
        Damaged = new DamagedResults(_files.Objects, NullLogger<DamagedResults>.Instance);
        Steps = new StepStore(_files.Objects, _files.Artifacts, Damaged, Claiming, Of(new TrainingSliceOptions()), Time);
        Claims = new ClaimStore(_files.Objects, Claiming, new FakeOwners(), Time);
        Planner = NewPlanner();
    }

    public FakeTimeProvider Time { get; } = new();

    public RunStore Runs { get; }

    public RunIndex Index { get; }

    public IObjectStore Objects => _files.Objects;

    public DamagedResults Damaged { get; }

    public StepStore Steps { get; }

    public ClaimStore Claims { get; }

    public RunPlanner Planner { get; }

    public RecordingBus Bus { get; } = new();

    public static IOptions<ClaimOptions> Claiming { get; } = Of(new ClaimOptions { LeaseSeconds = 30, HeartbeatSeconds = 10, ResendSeconds = 8 });

    public static IOptions<RunFollowerOptions> Sweeping { get; } = Of(new RunFollowerOptions { SweepSeconds = 2, SweepPatienceSeconds = 20 });

    public static Recipe Recipe(string name = "digits", int epochs = 2) => new()
    {
        Name = name,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = epochs, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.9 },
        Retraining = new RetrainingRecipe { Epochs = 1 },
    };

    /// <summary>Another process's planner on the same store.</summary>
    public RunPlanner NewPlanner() => new(Runs, new ResultCache(Steps, Claims, Runs), Time);

    public RunIndexBuilding NewIndexBuilding() => new(_files.Objects, Runs, Planner, Time);

    public RunSubmission NewSubmission(string? origin = null) =>
        new(Runs, Planner, Bus, new RunTraces(_files.Objects), Damaged, Time, Of(new RunFollowerOptions { SweepSeconds = 2, Origin = origin }));

    public RunSweep NewSweep(IRunBus? bus = null, IRunStore? runs = null) =>
        new(runs ?? Runs, Planner, Claims, bus ?? Bus, new NudgePatience(Sweeping, Claiming, Time), new SweepRounds(), Sweeping, Time, NullLogger<RunSweep>.Instance);

    /// <summary>Another process's sweeper on the same store.</summary>
    public RunSweeper NewSweeper(string owner, IRunBus? bus = null, IRunStore? runs = null, SweepWatch? watch = null)
    {
        watch ??= NewWatch();
        return new(NewSweep(bus, runs), NewForgottenRuns(perMinute: 50), NewLease(owner, watch), watch, Sweeping, Claiming, Time, NullLogger<RunSweeper>.Instance);
    }

    public SweepLease NewLease(string owner, SweepWatch? watch = null) =>
        new(_files.Objects, new FakeOwners { Mine = owner }, watch ?? NewWatch(), Claiming, Time);

    /// <summary>Another process's walk over all runs.</summary>
    public ForgottenRuns NewForgottenRuns(int perMinute) => new(
        Objects, Runs, NewPlanner(), Of(new RunFollowerOptions { ComparedPerMinute = perMinute }), Time, NullLogger<ForgottenRuns>.Instance);

    public SweepWatch NewWatch() => new(Sweeping, Time);

    public async Task<string> DenseKeyAsync(Recipe recipe) =>
        (await Planner.PlanAsync(recipe, TestContext.Current.CancellationToken)).Ready.Single().Key!;

    public Task FailAsync(string key, string code) => Steps.StoreResultAsync(
        new StepResult
        {
            Key = key,
            Kind = StepKinds.Train,
            Failure = new StepFailure(code, "It went wrong.", "Mend it."),
            CompletedAt = Time.GetUtcNow(),
            Seconds = 1,
            Worker = "w",
        },
        TestContext.Current.CancellationToken);

    public Task<List<string>> ActiveAsync() => Runs.ListActiveAsync(TestContext.Current.CancellationToken).ToListAsync().AsTask();

    public void Dispose() => _files.Dispose();

    private static IOptions<T> Of<T>(T options)
        where T : class => Microsoft.Extensions.Options.Options.Create(options);
}

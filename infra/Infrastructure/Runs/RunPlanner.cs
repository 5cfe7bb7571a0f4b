using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Plans a run with what the store says now.</summary>
public sealed class RunPlanner(IRunStore runs, ResultCache results, TimeProvider time)
{
    // A run id is a digest of its recipe, so a graph once built stays right; those that were not planned for longest are built anew.
    private const int Graphs = 2_000;
    private readonly RecentlyUsed<string, RunGraph> _graphs = new(Graphs, StringComparer.Ordinal);

    /// <summary>Whether such a run was submitted.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.ForeignRecipe"/>: its recipe is another run's.</exception>
    public async Task<bool> KnowsAsync(string runId, CancellationToken cancellationToken) =>
        await FindGraphAsync(runId, cancellationToken) is not null;

    /// <summary>The plan, or null when no such run was submitted.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.ForeignRecipe"/>: its recipe is another run's.</exception>
    public async Task<Plan?> PlanAsync(string runId, CancellationToken cancellationToken) =>
        await FindGraphAsync(runId, cancellationToken) is { } graph ? await PlanAsync(runId, graph, fresh: false, cancellationToken) : null;

    /// <summary>The plan of a recipe, submitted or not.</summary>
    public Task<Plan> PlanAsync(Recipe recipe, CancellationToken cancellationToken) => PlanAsync(RunId.Of(recipe), GraphOf(recipe), fresh: false, cancellationToken);

    /// <summary>As <see cref="PlanAsync(string, CancellationToken)"/>, from what is in the store now whatever this process has seen before.</summary>
    public async Task<Plan?> ReviewAsync(string runId, CancellationToken cancellationToken) =>
        await FindGraphAsync(runId, cancellationToken) is { } graph ? await PlanAsync(runId, graph, fresh: true, cancellationToken) : null;

    /// <inheritdoc cref="ReviewAsync(string, CancellationToken)"/>
    public Task<Plan> ReviewAsync(Recipe recipe, CancellationToken cancellationToken) => PlanAsync(RunId.Of(recipe), GraphOf(recipe), fresh: true, cancellationToken);

    /// <summary>The first step whose result is one of a step's inputs and is gone from the store; null when all are there.</summary>
    internal async Task<PlannedStep?> FindGoneInputAsync(Plan plan, PlannedStep step, CancellationToken cancellationToken)
    {
        foreach (var input in plan.Steps.Where(s => s.State == StepState.Done && step.DependsOn.Contains(s.Node)))
        {
            if (await results.FindAsync(input.Key!, cancellationToken) is null)
                return input;
        }
        return null;
    }

    /// <summary>Whether starting the run again would try a step again that failed.</summary>
    public static bool CanBeMended(Plan plan) => plan.Failed.Any(s => ResultCache.IsMendable(s.Result!));

    /// <summary>Forgets the run's failures that may have been mended meanwhile; true when there were any.</summary>
    internal async Task<bool> ForgetMendableAsync(Plan plan, CancellationToken cancellationToken)
    {
        var keys = Mendable(plan).Select(s => s.Key!).ToList();
        foreach (var key in keys)
            await results.ForgetFailureAsync(key, cancellationToken);
        return keys.Count > 0;
    }

    /// <summary>Failed steps that running the run again tries again.</summary>
    internal static IEnumerable<PlannedStep> Mendable(Plan plan) => plan.Failed.Where(s => ResultCache.IsMendable(s.Result!));

    /// <summary>Deletes a result whose outputs are lost, so that the step is computed again.</summary>
    public Task ForgetAsync(string key, CancellationToken cancellationToken) => results.ForgetAsync(key, cancellationToken);

    // A later step's key needs earlier results, so every find may unroll the plan further; the last pass finds nothing new.
    private async Task<Plan> PlanAsync(string runId, RunGraph graph, bool fresh, CancellationToken cancellationToken)
    {
        var lookup = new PlanLookup(runId, results, fresh);
        while (true)
        {
            var plan = graph.Plan(lookup, time.GetUtcNow());
            if (!await lookup.FindMissingAsync(cancellationToken))
                return Remember(runId, graph, plan);
        }
    }

    // Who plans a run that has ended does so once more at most.
    private Plan Remember(string runId, RunGraph graph, Plan plan)
    {
        if (plan.HasEnded)
            _graphs.Remove(runId);
        else
            _graphs.Set(runId, graph);
        return plan;
    }

    private RunGraph GraphOf(Recipe recipe) => _graphs.TryGet(RunId.Of(recipe), out var known) ? known : RunGraph.Of(recipe);

    private async Task<RunGraph?> FindGraphAsync(string runId, CancellationToken cancellationToken)
    {
        if (_graphs.TryGet(runId, out var known))
            return known;
        if (await runs.ReadRecipeAsync(runId, cancellationToken) is not { } recipe)
            return null;
        RecipeOfRun.Check(runId, recipe);
        var graph = RunGraph.Of(recipe);
        _graphs.Set(runId, graph);
        return graph;
    }
}

using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Plans a run with what the store says now.</summary>
public sealed class RunPlanner(IRunStore runs, ResultCache results, TimeProvider time)
{
    // A graph is stored once, so one that was read stays right unless it was damaged and replaced; those that were not planned for longest are read again.
    private const int Graphs = 2_000;
    private readonly RecentlyUsed<string, KnownGraph> _graphs = new(Graphs, StringComparer.Ordinal);

    /// <summary>Whether such a run was submitted. One that a version without graphs submitted gets its graph now, for all that plan it from now on.</summary>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.ForeignRecipe"/>: its recipe is another run's. <see cref="FailureCodes.NewerVersion"/>: this version cannot plan it.
    /// </exception>
    public async Task<bool> KnowsAsync(string runId, CancellationToken cancellationToken)
    {
        if (await FindAsync(runId, cancellationToken) is not { } known)
            return false;
        if (known.Unstored is { } compiled)
        {
            await runs.StoreGraphAsync(runId, compiled, cancellationToken);
            return await FindAsync(runId, cancellationToken) is not null;
        }
        return true;
    }

    /// <summary>The plan, or null when no such run was submitted.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.ForeignRecipe"/>: its recipe is another run's.</exception>
    public async Task<Plan?> PlanAsync(string runId, CancellationToken cancellationToken) =>
        await FindGraphAsync(runId, cancellationToken) is { } graph ? await PlanAsync(runId, graph, fresh: false, cancellationToken) : null;

    /// <summary>The plan of a recipe, submitted or not.</summary>
    public async Task<Plan> PlanAsync(Recipe recipe, CancellationToken cancellationToken) =>
        await PlanAsync(RunId.Of(recipe), await GraphOfAsync(recipe, FindGraphAsync, cancellationToken), fresh: false, cancellationToken);

    /// <summary>As <see cref="PlanAsync(string, CancellationToken)"/>, from what is in the store now whatever this process has seen before.</summary>
    public async Task<Plan?> ReviewAsync(string runId, CancellationToken cancellationToken) =>
        await ReviewGraphAsync(runId, cancellationToken) is { } graph ? await PlanAsync(runId, graph, fresh: true, cancellationToken) : null;

    /// <inheritdoc cref="ReviewAsync(string, CancellationToken)"/>
    public async Task<Plan> ReviewAsync(Recipe recipe, CancellationToken cancellationToken) =>
        await PlanAsync(RunId.Of(recipe), await GraphOfAsync(recipe, ReviewGraphAsync, cancellationToken), fresh: true, cancellationToken);

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
                return Forget(runId, plan);
        }
    }

    // Who plans a run that has ended does so once more at most.
    private Plan Forget(string runId, Plan plan)
    {
        if (plan.HasEnded)
            _graphs.Remove(runId);
        return plan;
    }

    // What was stored when the run was submitted counts, and not what this version would make of the recipe; of documents that are damaged nothing is left to count.
    private static async Task<RunGraph> GraphOfAsync(Recipe recipe, Func<string, CancellationToken, Task<RunGraph?>> find, CancellationToken cancellationToken)
    {
        try
        {
            return await find(RunId.Of(recipe), cancellationToken) ?? RunGraph.Of(recipe);
        }
        catch (DomainException damaged) when (damaged.Failure.Code == FailureCodes.CorruptArtifact)
        {
            return RunGraph.Of(recipe);
        }
    }

    private async Task<RunGraph?> FindGraphAsync(string runId, CancellationToken cancellationToken) => (await FindAsync(runId, cancellationToken))?.Graph;

    // A graph that was damaged may have been replaced since, by one that another version compiled: all who plan the run have to go by that. While it is
    // damaged, what was read before it was is as good as ever.
    private async Task<RunGraph?> ReviewGraphAsync(string runId, CancellationToken cancellationToken)
    {
        if (!_graphs.TryGet(runId, out var known))
            return await FindGraphAsync(runId, cancellationToken);
        try
        {
            if (await runs.ReadGraphAsync(runId, cancellationToken) is { } stored && stored.Digest == known.Digest)
                return known.Graph;
        }
        catch (DomainException damaged) when (damaged.Failure.Code == FailureCodes.CorruptArtifact)
        {
            return known.Graph;
        }
        _graphs.Remove(runId);
        return await FindGraphAsync(runId, cancellationToken);
    }

    private async Task<KnownGraph?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        if (_graphs.TryGet(runId, out var known))
            return known;
        if (await runs.ReadRecipeAsync(runId, cancellationToken) is not { } recipe)
            return null;
        var stored = await runs.ReadGraphAsync(runId, cancellationToken);
        var found = stored is null ? await CompileAsync(runId, recipe, cancellationToken) : await CheckAsync(runId, recipe, stored, cancellationToken);
        // One that is not stored counts no longer than until somebody stores one, which may be that of another version.
        if (found.Unstored is null)
            _graphs.Set(runId, found);
        return found;
    }

    // A version that stored no graph submitted it. Its planners would build this one too, if they knew all that the recipe says.
    private async Task<KnownGraph> CompileAsync(string runId, Recipe recipe, CancellationToken cancellationToken)
    {
        if (RunId.Of(recipe) != runId && await runs.HasUnknownFieldsAsync(runId, cancellationToken))
            throw RecipeOfRun.Newer(runId);
        RecipeOfRun.Check(runId, recipe);
        var compiled = GraphCompiler.Compile(recipe);
        return new KnownGraph(RunGraph.Read(compiled), compiled, Digest: null);
    }

    // Of a recipe with fields that this version does not know, the graph says what they come to.
    private async Task<KnownGraph> CheckAsync(string runId, Recipe recipe, GraphDocument stored, CancellationToken cancellationToken)
    {
        RecipeOfRun.CheckGraph(runId, stored.Recipe);
        if (RunId.Of(recipe) != runId && !await runs.HasUnknownFieldsAsync(runId, cancellationToken))
            RecipeOfRun.Check(runId, recipe);
        return new KnownGraph(RunGraph.Read(stored), Unstored: null, stored.Digest);
    }

    /// <param name="Graph">What is planned by.</param>
    /// <param name="Unstored">The same as a document, when the store does not have it.</param>
    /// <param name="Digest">That of the stored document; null when there is none.</param>
    private sealed record KnownGraph(RunGraph Graph, GraphDocument? Unstored, string? Digest);
}

using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Plans a run with what the store says now.</summary>
public sealed class RunPlanner(IRunStore runs, ResultCache results, TimeProvider time)
{
    // A run id is a digest of its recipe, so a graph once built stays right.
    private readonly ConcurrentDictionary<string, RunGraph> _graphs = new(StringComparer.Ordinal);

    /// <summary>The plan, or null when no such run was submitted.</summary>
    public async Task<Plan?> PlanAsync(string runId, CancellationToken cancellationToken) =>
        await FindGraphAsync(runId, cancellationToken) is { } graph ? await PlanAsync(runId, graph, cancellationToken) : null;

    /// <summary>The plan of a recipe, submitted or not.</summary>
    public Task<Plan> PlanAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var runId = RunId.Of(recipe);
        return PlanAsync(runId, _graphs.GetOrAdd(runId, _ => RunGraph.Of(recipe)), cancellationToken);
    }

    /// <summary>Forgets the run's failures that may have been mended meanwhile; true when there were any.</summary>
    internal async Task<bool> ForgetMendableAsync(Plan plan, CancellationToken cancellationToken)
    {
        var keys = plan.Failed.Where(s => FailureCodes.Mendable.Contains(s.Result!.Failure!.Code)).Select(s => s.Key!).ToList();
        foreach (var key in keys)
            await results.ForgetFailureAsync(key, cancellationToken);
        return keys.Count > 0;
    }

    // A later step's key needs earlier results, so every find may unroll the plan further; the last pass finds nothing new.
    private async Task<Plan> PlanAsync(string runId, RunGraph graph, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lookup = new PlanLookup(runId, results);
            var plan = graph.Plan(lookup, time.GetUtcNow());
            if (!await lookup.FindMissingAsync(cancellationToken))
                return plan;
        }
    }

    private async Task<RunGraph?> FindGraphAsync(string runId, CancellationToken cancellationToken)
    {
        if (_graphs.TryGetValue(runId, out var known))
            return known;
        var recipe = await runs.ReadRecipeAsync(runId, cancellationToken);
        return recipe is null ? null : _graphs.GetOrAdd(runId, RunGraph.Of(recipe));
    }
}

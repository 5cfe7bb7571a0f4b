using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies;

namespace SparsePipeline.Cli.Studies;

/// <summary>What of a study is in the store.</summary>
internal static class StudyStanding
{
    /// <summary>The results there are, by step key.</summary>
    public static async Task<IReadOnlyDictionary<string, StepResult>> ReadAsync(IReadOnlyList<Recipe> recipes, LocalStore store, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, StepResult>(StringComparer.Ordinal);
        foreach (var recipe in recipes)
        {
            var plan = await store.Planner.PlanAsync(recipe, cancellationToken);
            foreach (var step in plan.Steps.Where(s => s.Key is not null && s.Result is not null))
                known[step.Key!] = step.Result!;
        }

        return known;
    }

    /// <summary>What of the study can be told as the store stands; see <see cref="CompleteSeeds"/>.</summary>
    public static async Task<(Study? Study, IReadOnlyList<MissingSeeds> Missing)> CompleteAsync(
        Study study, EarlierRuns earlier, LocalStore store, CancellationToken cancellationToken)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        foreach (var recipe in study.Recipes)
            if (earlier.Runs.ContainsKey(RunId.Of(recipe)) || (await store.Planner.PlanAsync(recipe, cancellationToken)).HasEnded)
                ended.Add(RunId.Of(recipe));
        return CompleteSeeds.Cut(study, ended.Contains);
    }

    /// <summary>What the runs will cost. Other runs of the store say it where nothing of this one was trained yet.</summary>
    public static async Task<PlanForecast> ForecastAsync(IReadOnlyList<Recipe> recipes, LocalStore store, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(recipes, store, cancellationToken);
        var plan = new StudyPlan(recipes).Combine(known, TimeProvider.System.GetUtcNow());
        var isMeasured = known.Values.Any(r => r.Kind == StepKinds.Train && r.Failure is null);
        return PlanForecast.Of(plan, isMeasured ? null : await KnownRuns.HistoryAsync(store, cancellationToken));
    }
}

using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Store;

/// <summary>The runs of a store.</summary>
internal static class KnownRuns
{
    /// <summary>The one run that a name, an id or its beginning stands for.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: none or several do; the answer lists them.</exception>
    public static async Task<string> FindAsync(LocalStore store, string text, CancellationToken cancellationToken)
    {
        var matches = await NamedRuns.FindAsync(store, text, cancellationToken);
        return matches.Count == 1 ? matches[0] : throw new DomainException(
            FailureCodes.InvalidOption,
            $"RUN '{text}' names {matches.Count} runs.",
            $"Give the id of one: {NamedRuns.Text(await NamedRuns.RankAsync(store, matches, cancellationToken))}.");
    }

    /// <summary>The plan of a run as the store stands.</summary>
    public static async Task<Plan> PlanAsync(LocalStore store, string runId, CancellationToken cancellationToken) =>
        await store.Planner.PlanAsync(runId, cancellationToken) ?? throw new DomainException(
            FailureCodes.MissingArtifact, $"Run '{runId}' has no recipe in the store.", "Run its recipe again.");

    /// <summary>The plan of a run; null when it cannot be planned, for whoever looks at all runs: one foreign or damaged recipe is not to stop that.</summary>
    public static async Task<Plan?> TryPlanAsync(LocalStore store, string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await PlanAsync(store, runId, cancellationToken);
        }
        catch (DomainException)
        {
            return null;
        }
    }

    /// <summary>The recipe a run was submitted with.</summary>
    /// <exception cref="DomainException">There is none, or this version would read it as another run's.</exception>
    public static async Task<Recipe> RecipeAsync(LocalStore store, string runId, CancellationToken cancellationToken)
    {
        var recipe = await store.Runs.ReadRecipeAsync(runId, cancellationToken) ?? throw new DomainException(
            FailureCodes.MissingArtifact, $"Run '{runId}' has no recipe in the store.", "Run its recipe again.");
        return RunId.Of(recipe) == runId || !await store.Runs.HasUnknownFieldsAsync(runId, cancellationToken) ? recipe : throw new DomainException(
            FailureCodes.NewerVersion,
            $"The recipe of run '{runId}' has fields that this version of SparsePipeline does not know: another version submitted it.",
            "Use that version.");
    }

    /// <summary>Results of all runs: what earlier steps cost on this machine.</summary>
    public static async Task<IReadOnlyList<StepResult>> HistoryAsync(LocalStore store, CancellationToken cancellationToken)
    {
        var results = new List<StepResult>();
        await foreach (var runId in store.Runs.ListAsync(cancellationToken))
        {
            if (await TryPlanAsync(store, runId, cancellationToken) is { } plan)
                results.AddRange(plan.Steps.Select(s => s.Result).OfType<StepResult>());
        }

        return results;
    }
}

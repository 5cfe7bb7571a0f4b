using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Pruners and spreads over layers that do not go together.</summary>
internal static class SparsificationRules
{
    private const string Method = "sparsification.method";
    private const string Allocation = "sparsification.allocation";

    public static void Apply(RecipeDraft draft)
    {
        if (!draft.IsGiven(Allocation) || !draft.TryValue(Allocation, "", out var allocation) || Pruner(draft) is not { } pruner) return;
        if (Allocations.Find(allocation).ProblemWith(pruner) is { } problem)
            draft.Refuse(
                Allocation, $"The allocation {problem}.", $"Remove it for the pruner's own, '{pruner.Allocation}', or use another pruner.");
    }

    /// <summary>Null when the recipe names one that there is not, which was reported.</summary>
    private static IPruner? Pruner(RecipeDraft draft) => draft.IsGiven(Method)
        ? (string?)draft.Root["sparsification"]?["method"]?["name"] is { } name ? Pruners.Registry.Find(name) : null
        : Pruners.Registry.Find(new SparsificationRecipe { Sparsity = 0 }.Method);
}

using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>What pruners that go by statistics of layer inputs ask of the rest of a recipe.</summary>
internal static class StatisticsRules
{
    private const string Examples = "sparsification.calibrationExamples";
    private const string Sequential = "sparsification.sequential";
    private const string Allocation = "sparsification.allocation";
    private static readonly int Standard = new SparsificationRecipe { Sparsity = 0 }.CalibrationExamples;

    public static void Apply(RecipeDraft draft)
    {
        if (PrunerTraits.StatisticsPruner(draft) is not { } pruner)
        {
            if (draft.TryValue(Examples, Standard, out var examples) && examples != Standard && !SoupReadsGradients(draft))
                draft.Refuse(Examples, "The pruner goes by weights alone, so no examples are looked at.", "Remove the line, or use a pruner such as 'wanda'.");
            if (draft.TryValue(Sequential, false, out var sequential) && sequential)
                draft.Refuse(Sequential, "The pruner goes by weights alone, so no layer depends on the cut of another.", "Remove the line, or use a pruner such as 'wanda'.");
            return;
        }

        if (draft.TryValue(Sequential, false, out var inOrder) && inOrder && draft.TryValue(Allocation, Pruners.Registry.Find(pruner).Allocation, out var allocation)
            && LayerwiseCut.Problem(Allocations.Find(allocation)) is { } problem)
            draft.Refuse(Sequential, $"The allocation {problem}.", $"Remove {Allocation} for the pruner's own, or cut all layers at once.");
    }

    private static bool SoupReadsGradients(RecipeDraft draft) =>
        draft.MethodName("soup.method") is { } soup && Soups.Registry.Contains(soup) && Soups.Registry.Find(soup).Info.Needs.HasFlag(MethodNeeds.Gradients);
}

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
    private const string Policy = "soup.maskPolicy";
    private const string Baselines = "evaluation.baselines";
    private static readonly int Standard = new SparsificationRecipe { Sparsity = 0 }.CalibrationExamples;

    public static void Apply(RecipeDraft draft)
    {
        if (PrunerTraits.StatisticsPruner(draft) is not { } pruner)
        {
            if (draft.TryValue(Examples, Standard, out var examples) && examples != Standard)
                draft.Refuse(Examples, "The pruner goes by weights alone, so no examples are looked at.", "Remove the line, or use a pruner such as 'wanda'.");
            if (draft.TryValue(Sequential, false, out var sequential) && sequential)
                draft.Refuse(Sequential, "The pruner goes by weights alone, so no layer depends on the cut of another.", "Remove the line, or use a pruner such as 'wanda'.");
            return;
        }

        if (draft.TryValue(Sequential, false, out var inOrder) && inOrder && draft.TryValue(Allocation, Pruners.Registry.Find(pruner).Allocation, out var allocation)
            && LayerwiseCut.Problem(Allocations.Find(allocation)) is { } problem)
            draft.Refuse(Sequential, $"The allocation {problem}.", $"Remove {Allocation} for the pruner's own, or cut all layers at once.");
        if (draft.TryValue<string?>(Policy, null, out var policy) && policy is not null && MaskPolicies.Registry.Find(policy).Info.Traits.HasFlag(MethodTraits.CutsAgain))
            draft.Refuse(Policy, $"'{policy}' cuts an average, and the pruner '{pruner}' goes by statistics that nobody collects on averages.", "Use another policy or another pruner.");
        if (BaselineRules.Names(draft, BaselineNames.ImpReprune))
            draft.Refuse(
                Baselines,
                $"'{BaselineNames.ImpReprune}' cuts an average, and the pruner '{pruner}' goes by statistics that nobody collects on averages.",
                $"List the baselines without it ('{MethodAxisAttribute.Everything}' has it), or use another pruner.");
    }
}

using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>Where masks of candidates cannot differ, or an average cannot be cut again, a mask policy has no meaning.</summary>
internal static class MaskPolicyRules
{
    private const string Policy = "soup.maskPolicy";

    public static void Apply(RecipeDraft draft)
    {
        if (!draft.IsGiven(Policy) || !draft.TryValue(Policy, "", out var policy)) return;
        if (OneMask(draft) is { } reason)
            draft.Refuse(Policy, $"A mask policy combines masks that differ, but {reason}.", "Remove the line, so that candidates share the mask of each cut.");
        else if (policy == MaskPolicyNames.RePrune && draft.MethodName("sparsification.method") == PrunerNames.Random)
            draft.Refuse(
                Policy,
                $"'{policy}' keeps what the pruner finds important in the average, and '{PrunerNames.Random}' finds nothing important.",
                $"Use '{MaskPolicyNames.Union}' or '{MaskPolicyNames.Intersect}', or another pruner.");
        else if (policy != MaskPolicyNames.RePrune && draft.TryValue("sparsification.structure", StructureNames.Unstructured, out var structure)
            && Structures.Find(structure).Density is not null)
            draft.Refuse(
                Policy, $"'{policy}' of masks of the structure '{structure}' is not of that structure.", $"Use the structure '{StructureNames.Unstructured}'.");
    }

    private static string? OneMask(RecipeDraft draft)
    {
        var standard = new SparsificationRecipe { Sparsity = 0.5 };
        if (draft.MethodName("soup.method") == SoupNames.None)
            return $"the soup '{SoupNames.None}' averages nothing";
        if (draft.TryValue("retraining.candidates", new RetrainingRecipe { Epochs = 1 }.Candidates, out var candidates) && candidates == 1)
            return "there is only one candidate";
        if (draft.MethodName("sparsification.method") is var pruner && pruner == PrunerNames.None)
            return $"the pruner '{pruner}' prunes nothing";
        if (draft.TryValue("sparsification.sparsity", standard.Sparsity, out var sparsity) && sparsity == 0)
            return "a sparsity of 0 prunes nothing";
        return pruner != PrunerNames.Random
            && draft.TryValue("sparsification.cycles", standard.Cycles, out var cycles)
            && draft.TryValue("sparsification.schedule", standard.Schedule, out var schedule)
            && (cycles == 1 || schedule == SparsityScheduleNames.OneShot)
            ? "all candidates have the mask of the one cut, which is that of the dense network"
            : null;
    }
}

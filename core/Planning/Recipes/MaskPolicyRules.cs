using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Planning;

/// <summary>Where masks of candidates cannot differ, or an average cannot be cut again, a mask policy has no meaning.</summary>
internal static class MaskPolicyRules
{
    private const string Policy = "soup.maskPolicy";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (!draft.IsGiven(Policy) || !draft.TryValue(Policy, "", out var policy)) return;
        if (OneMask(draft, catalog) is { } reason)
            draft.Refuse(Policy, $"A mask policy combines masks that differ, but {reason}.", "Remove the line, so that candidates share the mask of each cut.");
        else if (CutsAgain(policy) && PrunerTraits.DrawingPruner(draft) is { } drawing)
            draft.Refuse(
                Policy,
                $"'{policy}' keeps what the pruner finds important in the average, and '{drawing}' finds nothing important.",
                $"Use {Others()}, or another pruner.");
        else if (CutsAgain(policy) && draft.IsGiven("soup.networks"))
            draft.Refuse(
                Policy, $"'{policy}' cuts to the sparsity of a run's cuts, and networks that are given were cut by none.", $"Use {Others()}.");
        else if (!CutsAgain(policy) && draft.TryValue("sparsification.structure", MethodDefaults.Structure, out var structure)
            && Structures.Find(structure).Density is not null)
            draft.Refuse(
                Policy, $"'{policy}' of masks of the structure '{structure}' is not of that structure.", $"Use the structure '{MethodDefaults.Structure}'.");
    }

    private static bool CutsLater(ISparsitySchedule schedule, double sparsity, int cycles) => schedule.Levels(sparsity, cycles).Distinct().Count() > 1;

    private static bool CutsAgain(string policy) => MaskPolicies.Registry.Find(policy).Info.Traits.HasFlag(MethodTraits.CutsAgain);

    private static string Others() => string.Join(
        " or ", MaskPolicies.Registry.Infos.Where(policy => !policy.Traits.HasFlag(MethodTraits.CutsAgain)).Select(policy => $"'{policy.Name}'"));

    private static string? OneMask(RecipeDraft draft, MethodCatalog catalog)
    {
        var standard = new SparsificationRecipe { Sparsity = 0.5 };
        if (draft.MethodName("soup.method") is { } soup && Soups.Registry.Find(soup).Info.Traits.HasFlag(MethodTraits.Idle))
            return $"the soup '{soup}' averages nothing";
        if (draft.TryValue("retraining.candidates", new RetrainingRecipe { Epochs = 1 }.Candidates, out var candidates) && candidates == 1)
            return "there is only one candidate";
        if (PrunerTraits.IdlePruner(draft) is { } pruner)
            return $"the pruner '{pruner}' prunes nothing";
        if (draft.TryValue("sparsification.sparsity", standard.Sparsity, out var sparsity) && sparsity == 0)
            return "a sparsity of 0 prunes nothing";
        return PrunerTraits.DrawingPruner(draft) is null && HookRules.MoverOfRetraining(draft, catalog) is null
            && draft.TryValue("sparsification.cycles", standard.Cycles, out var cycles)
            && draft.TryValue("sparsification.schedule", standard.Schedule, out var schedule)
            && !CutsLater(SparsitySchedules.Find(schedule), sparsity, cycles)
            ? "all candidates have the mask of the one cut, which is that of the dense network"
            : null;
    }
}

using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Baselines that have no meaning beside the rest of a recipe.</summary>
internal static class BaselineRules
{
    private const string Baselines = "evaluation.baselines";

    public static void Apply(RecipeDraft draft)
    {
        if (Names(draft, BaselineNames.ImpReprune) && PrunerTraits.DrawingPruner(draft) is { } pruner)
            draft.Refuse(
                Baselines,
                $"'{BaselineNames.ImpReprune}' keeps what the pruner finds important in an average, and '{pruner}' finds nothing important.",
                $"List the baselines without it ('{MethodAxisAttribute.Everything}' has it), or use another pruner.");
    }

    /// <summary>Whether the recipe asks for a baseline by name.</summary>
    public static bool Names(RecipeDraft draft, string name) =>
        draft.IsGiven(Baselines) && draft.Root["evaluation"]?["baselines"] is JsonArray names && names.Any(n => (string?)n == name);
}

using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Training hooks that do not go together, or not with the soup.</summary>
internal static class HookRules
{
    private const string Pretraining = "pretraining.hooks";
    private const string Retraining = "retraining.hooks";
    private const string Candidates = "retraining.candidates";
    private const string MaskPolicy = "soup.maskPolicy";
    private const string Transform = "retraining.transform";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        CheckOrder(draft, Pretraining, Hooks(draft, catalog, Pretraining));
        CheckOrder(draft, Retraining, Hooks(draft, catalog, Retraining));
        if (MoverOfRetraining(draft, catalog) is { } mover)
        {
            CheckMasks(draft, mover);
            if (draft.MethodName(Transform) is { } transform)
                draft.Refuse(Transform, $"'{transform}' keeps the zeros of the weights it starts from, and '{mover.Name}' moves them.", "Remove the one or the other.");
        }
    }

    /// <summary>The hook that moves the masks of candidates; null when none does.</summary>
    public static MethodInfo? MoverOfRetraining(RecipeDraft draft, MethodCatalog catalog) =>
        Hooks(draft, catalog, Retraining).FirstOrDefault(h => h.Needs.HasFlag(MethodNeeds.MovesMask));

    private static void CheckOrder(RecipeDraft draft, string field, IReadOnlyList<MethodInfo> hooks)
    {
        if (HookOrder.Problems(hooks) is { Count: > 0 } problems)
            draft.Refuse(field, $"These hooks do not go together: {string.Join("; ", problems)}.", "Change their order, or leave some out.");
    }

    // Candidates of one cut are averaged under its mask; where each has moved its own there is none for all.
    private static void CheckMasks(RecipeDraft draft, MethodInfo mover)
    {
        if (!draft.IsGiven(MaskPolicy) && draft.TryValue(Candidates, new RetrainingRecipe { Epochs = 1 }.Candidates, out var candidates) && candidates > 1)
            draft.Refuse(
                Retraining,
                $"'{mover.Name}' moves the mask, so {candidates} candidates of one cut end with {candidates} masks, and a soup keeps the zeros of one.",
                $"Set {MaskPolicy}, which gives every candidate a run of its own and says how masks are combined, or set {Candidates} to 1.");
    }

    /// <summary>Those that are known; the others were reported.</summary>
    private static IReadOnlyList<MethodInfo> Hooks(RecipeDraft draft, MethodCatalog catalog, string field) => draft.TryValue<JsonArray>(field, [], out var hooks)
        ? [.. hooks.Select(h => (string?)h?["name"]).OfType<string>().Select(name => catalog.Find(MethodAxes.Hook, name)).OfType<MethodInfo>()]
        : [];
}

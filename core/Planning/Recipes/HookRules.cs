using System.Text.Json.Nodes;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Training hooks that do not go together, or not with the soup.</summary>
internal static class HookRules
{
    private const string Pretraining = "pretraining.hooks";
    private const string Retraining = "retraining.hooks";
    private const string Candidates = "retraining.candidates";
    private const string MaskPolicy = "soup.maskPolicy";
    private const string Transform = "retraining.transform";
    private const string Structure = "sparsification.structure";
    private const string Layers = "sparsification.layers";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        CheckOrder(draft, Pretraining, Hooks(draft, catalog, Pretraining));
        CheckOrder(draft, Retraining, Hooks(draft, catalog, Retraining));
        if (WorkflowRules.Workflow(draft) is { TrainsFirst: false } && Mover(draft, catalog, Pretraining) is { } ofCut)
            CheckCut(draft, Pretraining, ofCut);
        if (MoverOfRetraining(draft, catalog) is { } mover)
        {
            CheckMasks(draft, mover);
            CheckCut(draft, Retraining, mover);
        }

        if (draft.MethodName(Transform) is { } transform)
            CheckTransform(draft, transform, Hooks(draft, catalog, Retraining));
    }

    /// <summary>The hook that moves the masks of candidates; null when none does.</summary>
    public static MethodInfo? MoverOfRetraining(RecipeDraft draft, MethodCatalog catalog) => Mover(draft, catalog, Retraining);

    private static MethodInfo? Mover(RecipeDraft draft, MethodCatalog catalog, string field) =>
        Hooks(draft, catalog, field).FirstOrDefault(h => h.Needs.HasFlag(MethodNeeds.MovesMask));

    private static void CheckOrder(RecipeDraft draft, string field, IReadOnlyList<MethodInfo> hooks)
    {
        if (HookOrder.Problems(hooks) is { Count: > 0 } problems)
            draft.Refuse(field, $"These hooks do not go together: {string.Join("; ", problems)}.", "Change their order, or leave some out.");
    }

    private static void CheckTransform(RecipeDraft draft, string transform, IReadOnlyList<MethodInfo> hooks)
    {
        foreach (var hook in hooks)
        {
            if (hook.Needs.HasFlag(MethodNeeds.MovesMask))
                draft.Refuse(Transform, $"'{transform}' keeps the zeros of the weights it starts from, and '{hook.Name}' moves them.", "Remove the one or the other.");
            if (hook.Needs.HasFlag(MethodNeeds.TrainedWeights))
                draft.Refuse(Transform, $"'{transform}' trains something in place of the prunable weights, and '{hook.Name}' needs these to be trained.", "Remove the one or the other.");
        }
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

    // What a cut is asked for beside its sparsity is lost where its mask is moved, and the next cut finds layers it cannot cut.
    private static void CheckCut(RecipeDraft draft, string field, MethodInfo mover)
    {
        if (draft.TryValue(Structure, MethodDefaults.Structure, out var structure) && !Structures.Find(structure).Info.Traits.HasFlag(MethodTraits.Idle))
            draft.Refuse(
                field, $"'{mover.Name}' moves single weights, so a mask of the structure '{structure}' does not stay one.", $"Remove it, or use the structure '{MethodDefaults.Structure}'.");
        if (mover.Traits.HasFlag(MethodTraits.MovesBetweenLayers) && draft.IsGiven(Layers))
            draft.Refuse(
                field, $"'{mover.Name}' moves weights from layer to layer, so no layer keeps the sparsity that {Layers} gives it.", "Remove the one or the other.");
    }

    /// <summary>Those that are known; the others were reported.</summary>
    public static IReadOnlyList<MethodInfo> Hooks(RecipeDraft draft, MethodCatalog catalog, string field) => draft.TryValue<JsonArray>(field, [], out var hooks)
        ? [.. hooks.Select(h => (string?)h?["name"]).OfType<string>().Select(name => catalog.Find(MethodAxes.Hook, name)).OfType<MethodInfo>()]
        : [];
}

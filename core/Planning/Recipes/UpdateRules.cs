using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Settings of updates that the optimiser or the data has no use for.</summary>
internal static class UpdateRules
{
    private const string Optimizer = "pretraining.optimizer";
    private const string Momentum = "pretraining.momentum";
    private const string Mixup = "pretraining.mixup";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (draft.IsGiven(Momentum) && draft.Method(Optimizer, MethodAxes.Optimizer, catalog) is { } optimizer && !optimizer.Traits.HasFlag(MethodTraits.ReadsMomentum))
            draft.Refuse(
                Momentum,
                $"The optimizer '{optimizer.Name}' has no momentum of this kind, so this value would not be used.",
                $"Remove it, or set what {Optimizer}.options has{WithMomentum(catalog)}.");
        if (draft.TryValue(Mixup, 0.0, out var alpha) && alpha > 0 && HoldsText(draft, catalog))
            draft.Refuse(Mixup, "Mixup adds up inputs, and characters of a text cannot be added up.", "Remove it, or use images.");
    }

    private static string WithMomentum(MethodCatalog catalog) => string.Concat(
        catalog.Methods.Where(m => m.Axis == MethodAxes.Optimizer && m.Traits.HasFlag(MethodTraits.ReadsMomentum)).Select(m => $", or use '{m.Name}'"));

    private static bool HoldsText(RecipeDraft draft, MethodCatalog catalog) =>
        draft.MethodName("data") is { } name && catalog.Find(MethodAxes.Data, name)?.DataKind == DataKinds.Text;
}

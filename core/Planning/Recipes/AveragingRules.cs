using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Averages over the path of a training too short to have one.</summary>
internal static class AveragingRules
{
    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        Check(draft, catalog, "pretraining.averaging", draft.TryValue("pretraining.epochs", 2, out var epochs) ? epochs : 2);
        Check(draft, catalog, "retraining.averaging", ShortestRetraining(draft));
    }

    private static void Check(RecipeDraft draft, MethodCatalog catalog, string field, double epochs)
    {
        if (epochs != 1 || draft.Method(field, MethodAxes.Averaging, catalog) is not { } average || !average.Needs.HasFlag(MethodNeeds.SeveralEpochs)) return;
        var others = catalog.Methods.Where(m => m.Axis == MethodAxes.Averaging && !m.Needs.HasFlag(MethodNeeds.SeveralEpochs)).Select(m => $"use '{m.Name}', ");
        draft.Refuse(
            field,
            $"'{average.Name}' averages the ends of epochs, and a training of one epoch has only one.",
            $"Train for longer, {string.Concat(others)}or remove the line.");
    }

    private static double ShortestRetraining(RecipeDraft draft) =>
        draft.TryValue("retraining.vary", VariedDimensions.Seed, out var vary) && vary == VariedDimensions.RetrainLength
            ? draft.TryValue<double[]>("retraining.values", [], out var values) ? values.DefaultIfEmpty(2).Min() : 2
            : draft.TryValue("retraining.epochs", 2, out var epochs) ? epochs : 2;
}

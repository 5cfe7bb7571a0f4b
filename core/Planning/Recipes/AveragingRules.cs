namespace SparsePipeline.Planning;

/// <summary>Averages over the path of a training too short to have one.</summary>
internal static class AveragingRules
{
    private const string Swa = "swa";

    public static void Apply(RecipeDraft draft)
    {
        Check(draft, "pretraining.averaging", draft.TryValue("pretraining.epochs", 2, out var epochs) ? epochs : 2);
        Check(draft, "retraining.averaging", ShortestRetraining(draft));
    }

    private static void Check(RecipeDraft draft, string field, double epochs)
    {
        if (epochs == 1 && draft.MethodName(field) == Swa)
            draft.Refuse(
                field, $"'{Swa}' averages the ends of epochs, and a training of one epoch has only one.", "Train for longer, use 'ema', or remove the line.");
    }

    private static double ShortestRetraining(RecipeDraft draft) =>
        draft.TryValue("retraining.vary", VariedDimensions.Seed, out var vary) && vary == VariedDimensions.RetrainLength
            ? draft.TryValue<double[]>("retraining.values", [], out var values) ? values.DefaultIfEmpty(2).Min() : 2
            : draft.TryValue("retraining.epochs", 2, out var epochs) ? epochs : 2;
}

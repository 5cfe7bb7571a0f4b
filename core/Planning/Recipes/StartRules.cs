using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What a run starts from: a training, weights as they are, or sparse weights whose zeros stay.</summary>
internal static class StartRules
{
    private const string Section = "pretraining";
    private const string Epochs = Section + ".epochs";
    private const string LearningRate = Section + ".learningRate";
    private const string Averaging = Section + ".averaging";
    private const string Hooks = Section + ".hooks";
    private const string Weights = Section + ".weights";
    private const string Retraining = "retraining";
    private const string Schedule = Retraining + ".schedule";
    private const string Peak = Retraining + ".peakLearningRate";
    private const string KeepZeros = "sparsification.keepZeros";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (!draft.IsGiven(Section) || WorkflowRules.Workflow(draft) is not { } workflow || !draft.TryValue(Epochs, 1, out var epochs)) return;
        if (epochs == 0) CheckGiven(draft, catalog, workflow);
        else if (!draft.IsGiven(LearningRate)) draft.RefuseMissing(LearningRate);
        if (epochs > 0 && workflow.TrainsFirst && draft.TryValue(KeepZeros, false, out var keep) && keep)
            draft.Refuse(
                KeepZeros, $"After {epochs} epochs of training without a mask no zero of the weights is left.", $"Set {Epochs} to 0, or remove this line.");
    }

    private static void CheckGiven(RecipeDraft draft, MethodCatalog catalog, IWorkflow workflow)
    {
        if (!workflow.TrainsFirst)
        {
            draft.Refuse(Epochs, $"The workflow '{workflow.Info.Name}' is one training, and with 0 epochs nothing would be trained.", "Give at least 1 epoch.");
            return;
        }

        if (!draft.IsGiven(Weights))
            draft.Refuse(Epochs, "With 0 epochs there is no training, and no weights are given.", $"Give {Weights}, or at least 1 epoch.");
        foreach (var field in new[] { LearningRate, Averaging, Hooks }.Where(draft.IsGiven))
            draft.Refuse(field, "With 0 epochs this value would not be used.", "Remove it.");
        if (draft.IsGiven(Retraining)) CheckRetraining(draft, catalog);
    }

    // What follows from the rates of a pretraining has nothing to follow from.
    private static void CheckRetraining(RecipeDraft draft, MethodCatalog catalog)
    {
        var standard = new RetrainingRecipe { Epochs = 1 };
        if (draft.IsGiven(Schedule) && draft.Method(Schedule, MethodAxes.Retraining, catalog) is { } schedule && !schedule.Traits.HasFlag(MethodTraits.PeakCanBeSet))
            draft.Refuse(
                Schedule, $"{schedule.Name} takes its rates from the pretraining's, and with 0 epochs there are none.", $"Use {standard.Schedule} and set {Peak}, or pretrain.");
        else if (!draft.IsGiven(Peak) && draft.TryValue(Retraining + ".vary", standard.Vary, out var vary) && vary != VariedDimensions.PeakLearningRate)
            draft.RefuseMissing(Peak);
    }
}

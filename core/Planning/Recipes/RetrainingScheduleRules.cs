using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>What retraining schedules ask of the rest of a recipe: found here it costs nothing, found in a run it costs the pretraining.</summary>
internal static class RetrainingScheduleRules
{
    private const string Schedule = "retraining.schedule";

    public static void Apply(RecipeDraft draft, MethodCatalog catalog)
    {
        if (draft.Method(Schedule, MethodAxes.Retraining, catalog) is not { } schedule) return;
        if (schedule.Needs.HasFlag(MethodNeeds.DenseEpochs)) CheckRewinding(draft, schedule.Name);
        if (schedule.Needs.HasFlag(MethodNeeds.CutMeasures)) CheckAdaptive(draft, schedule.Name);
    }

    private static void CheckRewinding(RecipeDraft draft, string schedule)
    {
        if (draft.TryValue("pretraining.epochs", int.MaxValue, out var dense) && Longest(draft) is var longest && longest > dense)
            draft.Refuse(
                Schedule,
                $"{schedule} repeats the end of the pretraining, but {longest} epochs of retraining are more than its {dense}.",
                $"Retrain for at most as many epochs as the pretraining has, or use {new RetrainingRecipe { Epochs = 1 }.Schedule}.");
    }

    private static double Longest(RecipeDraft draft) =>
        draft.TryValue("retraining.vary", VariedDimensions.Seed, out var vary) && vary == VariedDimensions.RetrainLength
            ? draft.TryValue<double[]>("retraining.values", [], out var values) ? values.DefaultIfEmpty(0).Max() : 0
            : draft.TryValue("retraining.epochs", 0, out var epochs) ? epochs : 0;

    private static void CheckAdaptive(RecipeDraft draft, string schedule)
    {
        if (CycleWithoutCut(draft) is { } reason)
            draft.Refuse(Schedule, $"{schedule} sets its peak by what each cut removes, but {reason}.", $"Use {new RetrainingRecipe { Epochs = 1 }.Schedule}.");
    }

    private static string? CycleWithoutCut(RecipeDraft draft)
    {
        var standard = new SparsificationRecipe { Sparsity = 0.5 };
        if (PrunerTraits.IdlePruner(draft) is { } pruner)
            return $"the pruner '{pruner}' removes nothing";
        if (draft.TryValue("sparsification.sparsity", standard.Sparsity, out var sparsity) && sparsity == 0)
            return "a sparsity of 0 removes nothing";
        return draft.TryValue("sparsification.schedule", standard.Schedule, out var growth)
            && draft.TryValue("sparsification.cycles", standard.Cycles, out var cycles)
            && SparsitySchedules.Find(growth).Levels(sparsity, cycles).Distinct().Count() < cycles
            ? $"with '{growth}' only the first of {cycles} cycles cuts"
            : null;
    }
}

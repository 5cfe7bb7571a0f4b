using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The trainings of a recipe.</summary>
/// <remarks>
/// <see cref="TrainSpec.NormDrop"/> and <see cref="TrainSpec.PrunedFraction"/> are set for schedules that read them only: nothing that does
/// not change the result may change the key. The recalibration share is set whatever the model is, because the planner
/// knows no architectures; the recipe's default stands for networks without BatchNorm too.
/// </remarks>
internal static class TrainSpecs
{
    /// <summary>
    /// The dense pretraining. Its BatchNorm statistics are those of the training itself, as in the SMS reference code; an average over its path
    /// has none that fit, so they are measured again as those of soups are.
    /// </summary>
    public static TrainSpec Dense(Recipe recipe) => Common(recipe) with
    {
        Epochs = recipe.Pretraining.Epochs,
        Seed = SeedDerivation.Derive(recipe.Seed, "dense"),
        Schedule = recipe.Pretraining.Schedule,
        PeakLearningRate = recipe.Pretraining.LearningRate,
        Precision = recipe.Pretraining.Precision,
        WeightDecay = recipe.Pretraining.WeightDecay,
        Averaging = recipe.Pretraining.Averaging,
        Recalibration = recipe.Pretraining.Averaging is null ? 0 : recipe.Retraining.Recalibration,
        Checkpoint = recipe.Pretraining.Checkpoint,
        Hooks = recipe.Pretraining.Hooks is { Count: > 0 } hooks ? hooks : null,
    };

    /// <summary>The pretraining itself, under the mask of a cut of the weights it starts from.</summary>
    public static TrainSpec Sparse(Recipe recipe, GraphStep? cut) => cut is null ? Dense(recipe) : Dense(recipe) with
    {
        Checkpoint = cut.Checkpoint,
        Mask = cut.Output(OutputNames.Mask),
    };

    /// <summary>The weights that the pretraining would start from.</summary>
    public static TrainSpec Initial(Recipe recipe) => new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = recipe.Model,
        Data = recipe.Data.ForMeasuring(),
        Task = recipe.Task,
        Epochs = 0,
        Seed = SeedDerivation.Derive(recipe.Seed, "dense"),
        // No rate is used; a spec has to name some shape.
        Schedule = new PretrainingRecipe { Epochs = 0 }.Schedule,
    };

    /// <summary>One candidate: retraining of a pruned checkpoint under its mask.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="dense">The pretraining, whose report some schedules read.</param>
    /// <param name="pruned">The cut whose mask the training is under.</param>
    /// <param name="settings">What sets the training apart from others.</param>
    /// <param name="start">Where it starts; null for the cut's own checkpoint.</param>
    public static TrainSpec Retrain(Recipe recipe, DenseNetwork dense, GraphStep pruned, CandidateSettings settings, ArtifactRef? start = null)
    {
        var adaptive = recipe.Retraining.NeedsCutMeasures || FormerNeeds.OfRetraining(recipe.Retraining.Schedule).HasFlag(MethodNeeds.CutMeasures);
        return Common(recipe) with
        {
            Data = recipe.Data.ForTraining(settings.Cycle, settings.Part),
            Epochs = settings.Epochs,
            Seed = settings.Seed,
            Schedule = ScheduleOf(recipe),
            PeakLearningRate = settings.PeakLearningRate,
            Precision = recipe.Retraining.Precision ?? recipe.Pretraining.Precision,
            WeightDecay = settings.WeightDecay,
            Checkpoint = start ?? pruned.Checkpoint,
            Mask = pruned.Output(OutputNames.Mask),
            DenseReport = dense.Report,
            NormDrop = adaptive ? pruned.Metric(MetricNames.NormDrop) : null,
            PrunedFraction = adaptive ? pruned.Metric(MetricNames.PrunedFraction) : null,
            Recalibration = recipe.Retraining.Recalibration,
            Averaging = settings.Averaging,
            Transform = recipe.Retraining.Transform,
            Hooks = recipe.Retraining.Hooks is { Count: > 0 } hooks ? hooks : null,
        };
    }

    /// <summary>The mask by which a candidate is sparse: that of its cut, unless a hook has moved it.</summary>
    public static ArtifactRef MaskOf(Recipe recipe, GraphStep pruned, GraphStep candidate) =>
        recipe.Retraining.Hooks is { Count: > 0 } ? candidate.OwnMask(pruned.Output(OutputNames.Mask)) : pruned.Output(OutputNames.Mask);

    private static MethodSpec ScheduleOf(Recipe recipe)
    {
        var version = MethodVersions.Asked(recipe.Versions, MethodAxes.Retraining, recipe.Retraining.Schedule);
        return new() { Name = recipe.Retraining.Schedule, Version = version == 1 ? null : version };
    }

    private static TrainSpec Common(Recipe recipe) => new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = recipe.Model,
        Data = recipe.Data.ForTraining(cycle: 0),
        Task = recipe.Task,
        Epochs = 0,
        Seed = 0,
        Schedule = recipe.Pretraining.Schedule,
        BatchSize = recipe.Pretraining.BatchSize,
        Optimizer = ChosenOptimizer.Of(recipe),
        Momentum = recipe.Pretraining.Momentum,
        ClipNorm = recipe.Pretraining.ClipNorm,
        LabelSmoothing = recipe.Pretraining.LabelSmoothing,
        Mixup = recipe.Pretraining.Mixup,
    };
}

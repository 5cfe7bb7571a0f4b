using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The dense pretraining. Its BatchNorm statistics are those of the training itself, as in the SMS reference code; an average over its path
/// has none that fit, so they are measured again as those of soups are.
/// </summary>
internal sealed record DenseTemplate(Recipe Recipe) : StepTemplate(Recipe)
{
    public override string Kind => StepKinds.Train;

    public override IReadOnlyList<GraphNode> Inputs => [];

    public override int Epochs => Recipe.Pretraining.Epochs;

    protected override StepSpec Spec(PlanPass pass) => new TrainSpec
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = Recipe.Model,
        Data = Recipe.Data,
        Epochs = Epochs,
        Seed = SeedDerivation.Derive(Recipe.Seed, "dense"),
        Schedule = Recipe.Pretraining.Schedule,
        PeakLearningRate = Recipe.Pretraining.LearningRate,
        BatchSize = Recipe.Pretraining.BatchSize,
        Optimizer = ChosenOptimizer.Of(Recipe),
        Momentum = Recipe.Pretraining.Momentum,
        ClipNorm = Recipe.Pretraining.ClipNorm,
        LabelSmoothing = Recipe.Pretraining.LabelSmoothing,
        Mixup = Recipe.Pretraining.Mixup,
        Precision = Recipe.Pretraining.Precision,
        WeightDecay = Recipe.Pretraining.WeightDecay,
        Averaging = Recipe.Pretraining.Averaging,
        Recalibration = Recipe.Pretraining.Averaging is null ? 0 : Recipe.Retraining.Recalibration,
        Checkpoint = Recipe.Pretraining.Checkpoint,
    };
}

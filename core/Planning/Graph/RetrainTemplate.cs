using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>One candidate: retraining of a pruned checkpoint under its mask.</summary>
/// <remarks>
/// <see cref="TrainSpec.NormDrop"/> and <see cref="TrainSpec.PrunedFraction"/> are set for ALLR only: nothing that does
/// not change the result may change the key. The recalibration share is set whatever the model is, because the planner
/// knows no architectures; the recipe's default stands for networks without BatchNorm too.
/// </remarks>
internal sealed record RetrainTemplate(Recipe Recipe, GraphNode Dense, GraphNode Pruned, CandidateSettings Settings) : StepTemplate(Recipe)
{
    private const string AdaptiveSchedule = "ALLR";

    public override string Kind => StepKinds.Train;

    public override IReadOnlyList<GraphNode> Inputs => [Pruned, Dense];

    public override int Epochs => Settings.Epochs;

    protected override StepSpec Spec(PlanPass pass)
    {
        var adaptive = Recipe.Retraining.Schedule == AdaptiveSchedule;
        return new TrainSpec
        {
            AlgorithmVersion = TrainSpec.CurrentVersion,
            Model = Recipe.Model,
            Data = Recipe.Data,
            Epochs = Settings.Epochs,
            Seed = Settings.Seed,
            Schedule = MethodSpec.Of(Recipe.Retraining.Schedule),
            PeakLearningRate = Settings.PeakLearningRate,
            BatchSize = Recipe.Pretraining.BatchSize,
            Optimizer = ChosenOptimizer.Of(Recipe),
            Momentum = Recipe.Pretraining.Momentum,
            ClipNorm = Recipe.Pretraining.ClipNorm,
            LabelSmoothing = Recipe.Pretraining.LabelSmoothing,
            Mixup = Recipe.Pretraining.Mixup,
            Precision = Recipe.Retraining.Precision ?? Recipe.Pretraining.Precision,
            WeightDecay = Settings.WeightDecay,
            Checkpoint = pass.Output(Pruned, OutputNames.Checkpoint),
            Mask = pass.Output(Pruned, OutputNames.Mask),
            DenseReport = pass.Output(Dense, OutputNames.Report),
            NormDrop = adaptive ? pass.Metric(Pruned, MetricNames.NormDrop) : null,
            PrunedFraction = adaptive ? pass.Metric(Pruned, MetricNames.PrunedFraction) : null,
            Recalibration = Recipe.Retraining.Recalibration,
            Averaging = Settings.Averaging,
        };
    }
}

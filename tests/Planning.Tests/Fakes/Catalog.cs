using SparsePipeline.Contracts;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Planning.Tests;

/// <summary>The real pruners, soups and baselines, with models and data sets that need no libtorch.</summary>
internal static class Catalog
{
    public static MethodCatalog Test { get; } = new(
    [
        .. SparsificationMethods.All, .. PlanningMethods.All,
        Method(MethodAxes.Data, "digits") with { Attributes = ["writers"] }, Method(MethodAxes.Data, "windows") with { DataKind = DataKinds.Text }, Method(MethodAxes.Data, "idx"),
        Method(MethodAxes.Data, "glyphs", OptionInfo.Integer("side", "In pixels.", 28, 8, 64)),
        Method(MethodAxes.Augmentation, "shift"), Method(MethodAxes.Metric, "macro-f1"),
        Method(MethodAxes.Corruption, "fog"), Method(MethodAxes.Corruption, "blur"),
        Method(MethodAxes.LearningRate, "linear"), Method(MethodAxes.LearningRate, "constant"),
        Method(MethodAxes.Averaging, "swa", OptionInfo.Number("start", "From there on.", 0.75, 0, 0.99)) with { Needs = MethodNeeds.SeveralEpochs },
        Method(MethodAxes.Averaging, "ema"),
        Method(MethodAxes.Hook, "mover", OptionInfo.Number("sparsity", "From the start.", 0.0, 0, 1)) with { Needs = MethodNeeds.MovesMask },
        Method(MethodAxes.Hook, "other-mover") with { Needs = MethodNeeds.MovesMask },
        Method(MethodAxes.Hook, "roamer") with { Needs = MethodNeeds.MovesMask, Traits = MethodTraits.MovesBetweenLayers },
        Method(MethodAxes.Hook, "penalty"),
        Method(MethodAxes.Hook, "pull") with { Needs = MethodNeeds.TrainedWeights },
        Method(MethodAxes.Hook, "first") with { Traits = MethodTraits.ComesFirst },
        Method(MethodAxes.Transform, "adapter"),
        Method(MethodAxes.Optimizer, "sgd") with { Traits = MethodTraits.ReadsMomentum },
        Method(MethodAxes.Optimizer, "adamw", OptionInfo.Number("beta2", "Decay.", 0.999, 0, 0.999999)),
        Method(MethodAxes.Retraining, "LLR") with { Traits = MethodTraits.PeakCanBeSet },
        Method(MethodAxes.Retraining, "FT") with { Traits = MethodTraits.PeakCanBeSet },
        Method(MethodAxes.Retraining, "ALLR") with { Needs = MethodNeeds.CutMeasures },
        Method(MethodAxes.Retraining, "LRW") with { Needs = MethodNeeds.DenseEpochs },
        Method(
            MethodAxes.Model,
            "mlp",
            OptionInfo.Integers("hidden", "Widths.", [128, 64], 1, 4096),
            OptionInfo.Number("dropout", "Share dropped.", 0.0, 0, 1),
            OptionInfo.Boolean("batchNorm", "Normalise.", false)),
        Method(MethodAxes.Model, "external", new OptionInfo("path", OptionTypes.String, "Where it is.")),
        Method(MethodAxes.Model, "torchscript") with { File = "A scripted module." },
    ]);

    private static MethodInfo Method(string axis, string name, params OptionInfo[] options) =>
        new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests.", Options = options };
}

using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Planning.Tests;

/// <summary>The real pruners, soups and baselines, with models and data sets that need no libtorch.</summary>
internal static class Catalog
{
    public static MethodCatalog Test { get; } = new(
    [
        .. SparsificationMethods.All, .. PlanningMethods.All,
        Method(MethodAxes.Data, "digits"), Method(MethodAxes.Data, "idx"),
        Method(MethodAxes.Data, "glyphs", new OptionInfo("side", OptionTypes.Integer, "In pixels.", JsonSerializer.SerializeToElement(28), 8, 64)),
        Method(MethodAxes.Corruption, "fog"), Method(MethodAxes.Corruption, "blur"),
        Method(MethodAxes.LearningRate, "linear"), Method(MethodAxes.LearningRate, "constant"),
        Method(MethodAxes.Averaging, "swa", new OptionInfo("start", OptionTypes.Number, "From there on.", JsonSerializer.SerializeToElement(0.75), 0, 0.99)),
        Method(MethodAxes.Averaging, "ema"),
        Method(MethodAxes.Optimizer, "sgd"),
        Method(MethodAxes.Optimizer, "adamw", new OptionInfo("beta2", OptionTypes.Number, "Decay.", JsonSerializer.SerializeToElement(0.999), 0, 0.999999)),
        Method(MethodAxes.Retraining, "LLR"), Method(MethodAxes.Retraining, "ALLR"), Method(MethodAxes.Retraining, "FT"), Method(MethodAxes.Retraining, "LRW"),
        Method(
            MethodAxes.Model,
            "mlp",
            new OptionInfo("hidden", OptionTypes.Integers, "Widths.", JsonSerializer.SerializeToElement(new[] { 128, 64 }), 1, 4096),
            new OptionInfo("dropout", OptionTypes.Number, "Share dropped.", JsonSerializer.SerializeToElement(0.0), 0, 1),
            new OptionInfo("batchNorm", OptionTypes.Boolean, "Normalise.", JsonSerializer.SerializeToElement(false))),
        Method(MethodAxes.Model, "external", new OptionInfo("path", OptionTypes.String, "Where it is.")),
        Method(MethodAxes.Model, "torchscript") with { File = "A scripted module." },
    ]);

    private static MethodInfo Method(string axis, string name, params OptionInfo[] options) =>
        new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests.", Options = options };
}

using System.Text.Json;

namespace SparsePipeline.Contracts.Tests;

/// <summary>Specs of each kind; between them every field is set.</summary>
internal static class SampleSpecs
{
    public static readonly TrainSpec Train = new()
    {
        AlgorithmVersion = 1,
        Model = new ModelSpec { Name = "mlp", Options = Options(("hidden", "[128,64]"), ("batchNorm", "true")) },
        Data = new DataSpec { Name = "idx", Path = "/data/mnist", Digest = Digest('d'), Validation = 0.2, SplitSeed = 7, Limit = 1000 },
        Epochs = 4,
        Seed = 123456789012345678,
        Schedule = new MethodSpec { Name = "linear", Options = Options(("warmup", "0.1")) },
        PeakLearningRate = 0.1,
        BatchSize = 32,
        Momentum = 0.8,
        WeightDecay = 0.0001,
        Checkpoint = Artifact('1'),
        Mask = Artifact('2', ArtifactFormats.Mask),
        DenseReport = Artifact('3', ArtifactFormats.Json),
        NormDrop = 0.25,
        PrunedFraction = 0.5,
        Recalibration = 0.2,
    };

    public static readonly TrainSpec SmallestTrain = new()
    {
        AlgorithmVersion = 1,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Epochs = 10,
        Seed = 1,
        Schedule = MethodSpec.Of("linear"),
    };

    public static readonly TrainSpec AveragedTrain = SmallestTrain with
    {
        Averaging = new MethodSpec { Name = "swa", Options = Options(("start", "0.5")) },
    };

    public static readonly TrainSpec HookedTrain = SmallestTrain with { Hooks = [MethodSpec.Of("rigl"), MethodSpec.Of("hyper-sparse")], Transform = MethodSpec.Of("spp") };

    public static readonly TrainSpec AdamWTrain = SmallestTrain with
    {
        Optimizer = new MethodSpec { Name = "adamw", Options = Options(("beta2", "0.95")) },
        ClipNorm = 1,
        LabelSmoothing = 0.1,
        Mixup = 0.2,
    };

    public static readonly TrainSpec Bfloat16Train = SmallestTrain with { Precision = Precisions.Bfloat16 };

    public static readonly PruneSpec Prune = new()
    {
        AlgorithmVersion = 1,
        Checkpoint = Artifact('1'),
        Method = new MethodSpec { Name = "random", Options = Options(("strength", "2")) },
        Sparsity = 0.98,
        Mask = Artifact('2', ArtifactFormats.Mask),
        Allocation = "uniform",
        Structure = "rows",
        Exclude = ["*.bias"],
        Seed = 5,
    };

    public static readonly PruneSpec PatternedPrune = Prune with
    {
        Structure = "2-of-4",
        Include = ["wte.*"],
        Layers = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["fc2.*"] = 0.5, ["head.*"] = 0.75 },
        OutputLayer = "none",
        Layout = "input-channels",
        Script = Artifact('7', ArtifactFormats.TorchScript),
    };

    public static readonly PruneSpec StatisticalPrune = Prune with { Method = MethodSpec.Of("wanda"), Statistics = Artifact('9', ArtifactFormats.Statistics) };

    public static readonly CollectSpec Collect = new()
    {
        AlgorithmVersion = 1,
        Checkpoint = Artifact('1'),
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Examples = 256,
        Seed = 5,
    };

    public static readonly CollectSpec ProductsCollect = Collect with { Products = true };

    public static readonly CollectSpec ActivationsCollect = Collect with { Activations = new ActivationSample { Layers = ["layers.1.*"], Rows = 1000, TestRows = 100 } };

    public static readonly CollectSpec SequentialCollect = Collect with
    {
        Sequential = new SequentialCut
        {
            Rule = new CutRule { Method = MethodSpec.Of("wanda"), Sparsity = 0.5 },
            Mask = Artifact('2', ArtifactFormats.Mask),
            KeepZeros = true,
            Seed = 3,
        },
    };

    public static readonly SoupSpec Soup = new()
    {
        AlgorithmVersion = 1,
        Method = MethodSpec.Of("uniform"),
        Candidates = [new(Artifact('4'), 0.95), new(Artifact('5'), 0.96)],
        Mask = Artifact('2', ArtifactFormats.Mask),
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Recalibration = 0.2,
    };

    public static readonly SoupSpec PartialSoup = Soup with { Expected = 3 };

    public static readonly SoupSpec MixedSoup = Soup with
    {
        Candidates = [new(Artifact('4'), 0.95, Artifact('a', ArtifactFormats.Mask)), new(Artifact('5'), 0.96, Artifact('b', ArtifactFormats.Mask))],
        Mask = null,
        MaskPolicy = "re-prune",
        Recut = new CutRule { Method = MethodSpec.Of("global-magnitude"), Sparsity = 0.98, Allocation = "erk", Exclude = ["fc3.*"] },
    };

    public static readonly SoupSpec AnchoredSoup = Soup with { Method = MethodSpec.Of("model-stock"), Anchor = Artifact('6') };

    public static readonly EvaluateSpec Evaluate = new()
    {
        AlgorithmVersion = 1,
        Checkpoint = Artifact('6'),
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
    };

    public static readonly EvaluateSpec CorruptedEvaluate = Evaluate with { Corruptions = ["fog", "jpeg"], Severities = [1, 3] };

    public static readonly EvaluateSpec FurtherEvaluate = Evaluate with { Metrics = ["macro-f1", "perplexity"] };

    public static readonly EvaluateSpec VotingEvaluate = Evaluate with { Others = [Artifact('7'), Artifact('8')] };

    public static readonly TimeSpec Time = new()
    {
        AlgorithmVersion = 1,
        Run = "sms-digits-0123456789ab",
        Checkpoint = Artifact('6'),
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Batch = 64,
    };

    public static readonly TrainSpec ScriptedTrain = SmallestTrain with
    {
        Model = new ModelSpec { Name = "torchscript", Script = Artifact('7', ArtifactFormats.TorchScript) },
    };

    public static IReadOnlyDictionary<string, StepSpec> All { get; } = new Dictionary<string, StepSpec>
    {
        ["train"] = Train,
        ["smallest train"] = SmallestTrain,
        ["averaged train"] = AveragedTrain,
        ["adamw train"] = AdamWTrain,
        ["train with hooks and a transform"] = HookedTrain,
        ["bfloat16 train"] = Bfloat16Train,
        ["train of a script"] = ScriptedTrain,
        ["prune"] = Prune,
        ["prune by patterns"] = PatternedPrune,
        ["prune by statistics"] = StatisticalPrune,
        ["collect"] = Collect,
        ["collect products"] = ProductsCollect,
        ["collect activations"] = ActivationsCollect,
        ["collect layer by layer"] = SequentialCollect,
        ["soup"] = Soup,
        ["partial soup"] = PartialSoup,
        ["soup of masks of their own"] = MixedSoup,
        ["soup with an anchor"] = AnchoredSoup,
        ["evaluate"] = Evaluate,
        ["corrupted evaluate"] = CorruptedEvaluate,
        ["evaluate with metrics"] = FurtherEvaluate,
        ["evaluate several that vote"] = VotingEvaluate,
        ["time"] = Time,
    };

    public static ArtifactRef Artifact(char digit, string format = ArtifactFormats.Safetensors) => new(Digest(digit), 4096, format);

    public static MethodOptions Options(params (string Name, string Json)[] options)
    {
        var result = new MethodOptions();
        foreach (var (name, json) in options) result[name] = JsonSerializer.Deserialize<JsonElement>(json);
        return result;
    }

    private static string Digest(char digit) => new(digit, 64);
}

namespace SparsePipeline.Contracts;

/// <summary>Keys of <see cref="StepResult.Metrics"/>. Fractions are in [0, 1], losses in nats, counts are exact.</summary>
public static class MetricNames
{
    public const string Accuracy = "accuracy";
    public const string AccuracyLower = "accuracyLower";
    public const string AccuracyUpper = "accuracyUpper";
    public const string Loss = "loss";

    /// <summary>The loss in bits, of text.</summary>
    public const string BitsPerCharacter = "bitsPerCharacter";
    public const string ShiftedAccuracy = "shiftedAccuracy";
    public const string WorstShiftAccuracy = "worstShiftAccuracy";

    /// <summary>Mean over all kinds and severities of corruption.</summary>
    public const string CorruptedAccuracy = "corruptedAccuracy";
    public const string ValidationAccuracy = "validationAccuracy";
    public const string ValidationLoss = "validationLoss";
    public const string TrainingLoss = "trainingLoss";
    public const string ExpectedCalibrationError = "expectedCalibrationError";
    public const string MaximumCalibrationError = "maximumCalibrationError";

    /// <summary>From 0, certain and right, to 2, certain and wrong.</summary>
    public const string BrierScore = "brierScore";
    public const string WorstClassAccuracy = "worstClassAccuracy";
    public const string Epochs = "epochs";

    /// <summary>Layers that statistics were collected of.</summary>
    public const string Layers = "layers";

    /// <summary>Examples that they were collected on.</summary>
    public const string Examples = "examples";

    /// <summary>How often each of them ran through the network: once, or once for every layer where layers are cut in order.</summary>
    public const string Passes = "passes";

    /// <summary>Fraction of prunable weights that are masked.</summary>
    public const string Sparsity = "sparsity";

    /// <summary>Fraction of all parameters that are masked.</summary>
    public const string GlobalSparsity = "globalSparsity";

    /// <summary>Fraction of the weights still kept before this cut that the cut removed.</summary>
    public const string PrunedFraction = "prunedFraction";

    /// <summary>Relative drop of the 2-norm over all parameters caused by the cut, d = √|‖W‖²−‖W_p‖²| / ‖W‖.</summary>
    public const string NormDrop = "normDrop";

    /// <summary>The measure of a task on the test split, with its name behind it; accuracy has a name of its own.</summary>
    public const string Test = "test/";

    /// <summary>The same on the validation split.</summary>
    public const string Validation = "validation/";

    /// <summary>Name of what networks are compared by, on the validation split.</summary>
    /// <param name="measure">Its name; null for accuracy.</param>
    public static string OnValidation(string? measure) => measure is null ? ValidationAccuracy : Validation + measure;

    /// <summary>Whether results hold the figure, or that of another task which stands in its place.</summary>
    public static bool Has(IReadOnlyDictionary<string, double> metrics, string name) => metrics.ContainsKey(name) || name switch
    {
        ValidationAccuracy => metrics.Keys.Any(k => k.StartsWith(Validation, StringComparison.Ordinal)),
        Accuracy => metrics.Keys.Any(k => k.StartsWith(Test, StringComparison.Ordinal)),
        _ => false,
    };

    public const string DenseFlops = "denseFlops";
    public const string SparseFlops = "sparseFlops";

    /// <summary>Seconds that a hook of a training took, with the name of the hook behind it; they depend on the machine.</summary>
    public const string HookSeconds = "hookSeconds/";
}

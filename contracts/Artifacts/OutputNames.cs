namespace SparsePipeline.Contracts;

/// <summary>Keys of <see cref="StepResult.Outputs"/>.</summary>
public static class OutputNames
{
    /// <summary>The state dict a step produced.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The mask a prune step computed, or a training ended with whose mask moved.</summary>
    public const string Mask = "mask";

    /// <summary>What came into the layers on a sample.</summary>
    public const string Statistics = "statistics";

    /// <summary>Layers that were solved while statistics were collected, so that the cut that follows solves none again.</summary>
    public const string Solution = "solution";

    /// <summary>The step's JSON report: <see cref="TrainReport"/>, <see cref="PruneReport"/>, <see cref="SoupReport"/> or <see cref="EvaluationReport"/>.</summary>
    public const string Report = "report";

    /// <summary>How a training did on the validation split after every epoch: a <see cref="LearningCurve"/>.</summary>
    public const string Curve = "curve";

    /// <summary>Which examples an evaluated network gets right: a <see cref="CorrectnessReport"/>.</summary>
    public const string Correctness = "correctness";

    /// <summary>What an evaluated network is compared by, example by example: an <see cref="ExampleMeasures"/>.</summary>
    public const string ExampleMeasures = "example-measures";
}

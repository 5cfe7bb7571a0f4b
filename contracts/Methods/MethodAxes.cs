namespace SparsePipeline.Contracts;

/// <summary>The axes along which methods are registered and combined.</summary>
public static class MethodAxes
{
    public const string Workflow = "workflow";
    public const string Pruner = "pruner";
    public const string Allocation = "allocation";
    public const string Structure = "structure";
    public const string SparsitySchedule = "sparsity-schedule";
    public const string Soup = "soup";
    public const string MaskPolicy = "mask-policy";
    public const string Model = "model";
    public const string Data = "data";
    public const string Augmentation = "augmentation";
    public const string Corruption = "corruption";
    public const string Task = "task";
    public const string Metric = "metric";
    public const string LearningRate = "learning-rate";
    public const string Retraining = "retraining";
    public const string Optimizer = "optimizer";
    public const string Averaging = "averaging";
    public const string Hook = "hook";
    public const string Transform = "transform";
    public const string Baseline = "baseline";

    public static IReadOnlyList<string> All { get; } =
    [
        Workflow, Pruner, Allocation, Structure, SparsitySchedule, Soup, MaskPolicy, Model, Data, Augmentation, Corruption, Task, Metric, LearningRate, Retraining,
        Optimizer, Averaging, Hook, Transform, Baseline,
    ];
}

namespace SparsePipeline.Contracts;

/// <summary>The methods that recipes and specs take where they name none. They are left out of step keys, so another choice here would be another result under an old key.</summary>
public static class MethodDefaults
{
    public const string Pruner = "global-magnitude";
    public const string Structure = "unstructured";
    public const string Soup = "uniform";
    public const string LearningRate = "linear";
    public const string Retraining = "LLR";
    public const string Optimizer = "sgd";
    public const string Task = "classification";
    public const string Autoencoder = "topk-autoencoder";
    public const string AutoencoderTask = "reconstruction";
    public const string AutoencoderOptimizer = "adamw";
    public const string UnitNorm = "unit-norm";
}

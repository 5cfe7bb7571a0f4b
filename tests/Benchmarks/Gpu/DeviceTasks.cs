namespace SparsePipeline.Benchmarks;

/// <summary>What is measured on a device; the Python side knows the same words.</summary>
internal static class DeviceTasks
{
    /// <summary>Forward, loss, backward and an update under a mask.</summary>
    public const string Train = "train";

    /// <summary>Log-probabilities, brought back.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>A global cut of all weights at one threshold.</summary>
    public const string Mask = "mask";

    public static IReadOnlyList<string> All { get; } = [Train, Evaluate, Mask];
}

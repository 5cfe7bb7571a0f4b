namespace SparsePipeline.Learning.Data;

/// <summary>How real targets become zero mean and unit deviation over the training examples, so that losses and learning rates do not depend on their unit.</summary>
/// <param name="Mean">To subtract.</param>
/// <param name="Deviation">To divide by then; 1 for what is constant.</param>
public sealed record TargetScale(double Mean, double Deviation)
{
    /// <summary>What the column is called; null where the data does not say.</summary>
    public string? Name { get; init; }

    /// <summary>Measures the targets of the training examples.</summary>
    internal static TargetScale Of(Examples training, string? name)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in training.Values)
            sum += value;
        var mean = sum / Math.Max(1, training.Count);
        foreach (var value in training.Values)
            squares += (value - mean) * (value - mean);
        var variance = squares / Math.Max(1, training.Count);
        return new TargetScale(mean, variance > 0 ? Math.Sqrt(variance) : 1) { Name = name };
    }

    internal float Standardized(double value) => (float)((value - Mean) / Deviation);

    internal double Original(double standardized) => standardized * Deviation + Mean;
}

namespace SparsePipeline.Contracts;

/// <summary>A confidence interval of 95 %.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end, at least <paramref name="Lower"/>.</param>
public sealed record Interval(double Lower, double Upper);

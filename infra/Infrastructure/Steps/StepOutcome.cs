using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>What a handler achieved: outputs, or a resume point when the step is not finished.</summary>
public sealed record StepOutcome
{
    /// <summary>Outputs by <see cref="OutputNames"/>; null when unfinished.</summary>
    public IReadOnlyDictionary<string, ArtifactRef>? Outputs { get; init; }

    /// <summary>Metrics by <see cref="MetricNames"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Where the next slice goes on; null when finished.</summary>
    public ArtifactRef? ResumePoint { get; init; }

    /// <summary>Compute time of this call in seconds, waiting for a free runner left out.</summary>
    public required double Seconds { get; init; }
}

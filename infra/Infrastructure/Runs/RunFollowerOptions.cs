using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>How a run is followed.</summary>
public sealed class RunFollowerOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Runs";

    /// <summary>
    /// Seconds between two sweeps. A sweep plans again whatever events came or did not, so this is what a lost event, a dead
    /// worker's claim or a cancellation from another process costs at most.
    /// </summary>
    [Range(0.05, 3600.0)]
    public double SweepSeconds { get; set; } = 2;
}

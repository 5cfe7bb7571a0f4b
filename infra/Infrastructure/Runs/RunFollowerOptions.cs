using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>How runs are followed and swept.</summary>
public sealed class RunFollowerOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Runs";

    /// <summary>
    /// Least seconds between two sweeps. A sweep plans again whatever events came or did not, so this is what a lost event or a cancellation
    /// from another process costs, and what is added to the lease of a worker that died.
    /// </summary>
    [Range(0.05, 3600.0)]
    public double SweepSeconds { get; set; } = 2;
}

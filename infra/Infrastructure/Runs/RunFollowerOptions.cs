using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

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

    /// <summary>
    /// How long a sweep may take over one run, in seconds; then it goes on without it. A sweeper that gets through no run for three times as long
    /// gives its place up, and a service is not ready when no sweep was finished for five times as long.
    /// </summary>
    [Range(0.1, 3600.0)]
    public double SweepPatienceSeconds { get; set; } = 120;

    /// <summary>
    /// How many of all runs whoever sweeps compares with the active ones, a minute: one that is stored, has not ended and is not active, as after a crash
    /// between two writes, is looked after again. Each costs two or three small requests.
    /// </summary>
    [Range(1, 100_000)]
    public int ComparedPerMinute { get; set; } = 50;

    /// <summary>
    /// Where this process submits runs from, as <c>runs list</c> shows it; the command line says <c>embedded</c>, <c>profile NAME</c> or
    /// <c>study</c>.
    /// </summary>
    [MaxLength(100)]
    public string? Origin { get; set; }
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class RunFollowerOptionsValidator : IValidateOptions<RunFollowerOptions>;

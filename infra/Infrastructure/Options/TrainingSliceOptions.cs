using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How training is cut into slices short enough for a message broker.</summary>
public sealed class TrainingSliceOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Slices";

    /// <summary>A slice saves a resume point and ends at the first epoch end after this time, in seconds. Brokers give up after 1,800.</summary>
    [Range(0.001, 1500.0)]
    public double BudgetSeconds { get; set; } = 600;

    /// <summary>Least time between two resume points within a slice, in seconds: what a crash may cost.</summary>
    [Range(0.0, 1500.0)]
    public double CheckpointSeconds { get; set; } = 10;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class TrainingSliceOptionsValidator : IValidateOptions<TrainingSliceOptions>;

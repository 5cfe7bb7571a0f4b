using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How much one worker does at a time; one section per service that computes steps, for example <c>Trainer</c>.</summary>
public sealed class StepWorkerOptions
{
    /// <summary>
    /// Steps at the same time in this process. Empty takes one per runner for kinds of step that are computed in runners, such as training
    /// and evaluation, and 1 for others, which use all cores for one step.
    /// </summary>
    [Range(1, 1024)]
    public int? Concurrency { get; set; }
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class StepWorkerOptionsValidator : IValidateOptions<StepWorkerOptions>;

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How many runner processes there are, and how they are started, stopped and renewed.</summary>
public sealed class RunnerOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Runners";

    /// <summary>Runner processes, and so jobs at the same time. Empty takes one per core.</summary>
    [Range(1, 1024)]
    public int? Count { get; set; }

    /// <summary>Threads of each runner. Results are repeatable for a fixed number of threads only, so changing it changes digests.</summary>
    [Range(1, 1024)]
    public int Threads { get; set; } = 1;

    /// <summary>
    /// Where runners train and measure networks: <c>cpu</c>, <c>cuda:N</c>, or <c>auto</c> for the first CUDA device if there is one. Needs a build with
    /// <c>TorchBackend=cuda</c>. Results are repeatable for a fixed device and library only, so changing it changes digests.
    /// </summary>
    [RegularExpression("auto|cpu|cuda:[0-9]{1,3}", ErrorMessage = "The device is auto, cpu or cuda:N.")]
    public string Device { get; set; } = "cpu";

    /// <summary>The runner executable. Empty takes <c>SparsePipeline.Runner</c> beside the running program.</summary>
    public string? Path { get; set; }

    /// <summary>How long a runner may take to report ready, in seconds.</summary>
    [Range(0.1, 3600.0)]
    public double StartSeconds { get; set; } = 60;

    /// <summary>How long a cancelled job may take to stop before its runner is killed, in seconds.</summary>
    [Range(0.0, 3600.0)]
    public double GraceSeconds { get; set; } = 10;

    /// <summary>
    /// A job that neither reports nor uses compute time for this long, in seconds, is taken for stuck: its runner is killed and the step tried
    /// again. More than the longest wait for the store.
    /// </summary>
    [Range(0.1, 86_400.0)]
    public double SilenceSeconds { get; set; } = 900;

    /// <summary>A runner is replaced after this many jobs.</summary>
    [Range(1, 1_000_000)]
    public int MaxJobs { get; set; } = 200;

    /// <summary>A runner whose resident memory exceeds this many MiB after a job is replaced: libtorch keeps what it once took.</summary>
    [Range(64, 10_000_000)]
    public int MaxMegabytes { get; set; } = 3072;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class RunnerOptionsValidator : IValidateOptions<RunnerOptions>;

using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How a service stops.</summary>
public sealed class HostingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Hosting";

    /// <summary>How long a service may take to stop, in seconds. More than Runners:GraceSeconds, less than the grace of a pod.</summary>
    [Range(1.0, 3600.0)]
    public double ShutdownSeconds { get; set; } = 30;
}

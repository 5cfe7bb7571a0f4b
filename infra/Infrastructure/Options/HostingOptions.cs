using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How a service stops, and where it tells how it is.</summary>
public sealed class HostingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Hosting";

    /// <summary>How long a service may take to stop, in seconds. More than Runners:GraceSeconds, less than the grace of a pod.</summary>
    [Range(1.0, 3600.0)]
    public double ShutdownSeconds { get; set; } = 30;

    /// <summary>Port of <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>; 0 opens none. Containers use 8080.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; }

    /// <summary>Address that port is opened on: <c>localhost</c> keeps it on this machine, <c>*</c> takes every interface, as containers need.</summary>
    [Required]
    public string HttpHost { get; set; } = "localhost";
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class HostingOptionsValidator : IValidateOptions<HostingOptions>;

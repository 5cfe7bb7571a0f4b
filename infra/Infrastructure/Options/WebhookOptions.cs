using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How the gateway sends events to other servers.</summary>
public sealed class WebhookOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Webhooks";

    /// <summary>Names of hosts, separated by commas, that may be on a private network and be spoken to without TLS. Names only: an address is never allowed by this.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>Seconds a receiver may take to answer.</summary>
    [Range(0.1, 300.0)]
    public double TimeoutSeconds { get; set; } = 15;

    /// <summary>Seconds before each further try, separated by commas; each is made up to a tenth longer or shorter. After the last the webhook is disabled.</summary>
    [Required]
    public string RetrySeconds { get; set; } = "5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400";

    /// <summary>Days that deliveries are kept.</summary>
    [Range(1, 3650)]
    public int LogDays { get; set; } = 30;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
public sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;

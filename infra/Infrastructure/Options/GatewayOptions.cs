using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>The HTTP door of the pipeline: where it listens and what it lets through.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>Port of the gateway; 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 8081;

    /// <summary>Address that port is opened on: <c>localhost</c> keeps it on this machine, <c>*</c> takes every interface.</summary>
    [Required]
    public string HttpHost { get; set; } = "localhost";

    /// <summary>Certificate in PEM, with its chain; the gateway then speaks TLS only. Read again when it was replaced. Empty for none: then keep it on this machine, or behind a proxy.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Private key of that certificate in PEM.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Addresses or networks (10.244.0.0/16) of proxies, separated by commas, whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Empty believes nobody.</summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>The address clients use, when it is another: that of a proxy in front. Empty takes the one of the request.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>What this installation is called in the sources of its events, <c>/deployments/{Deployment}/…</c>: words of lower-case letters and digits with hyphens between them.</summary>
    [Required]
    [RegularExpression("^[a-z0-9]+(-[a-z0-9]+)*$")]
    [MaxLength(64)]
    public string Deployment { get; set; } = "local";

    /// <summary>Streams of events that may be open at once.</summary>
    [Range(1, 100_000)]
    public int StreamLimit { get; set; } = 500;

    /// <summary>Names of hosts, separated by commas, that senders of CloudEvents may give as <c>WebHook-Request-Origin</c>. Empty lets none.</summary>
    public string EventOrigins { get; set; } = "";

    /// <summary>Names of buckets, separated by commas, that objects may be taken from (<c>data.uri</c>, <c>POST /v1/artifacts</c>, hooks); section <c>Adoption</c> says where they are. Empty for none.</summary>
    public string Buckets { get; set; } = "";

    /// <summary>Hours an upload stays open.</summary>
    [Range(1.0, 720.0)]
    public double UploadHours { get; set; } = 24;

    /// <summary>Uploads that one key may have open.</summary>
    [Range(1, 10_000)]
    public int OpenUploadsPerKey { get; set; } = 20;

    /// <summary>Largest file that may be uploaded, in bytes.</summary>
    [Range(1L, long.MaxValue)]
    public long UploadBytes { get; set; } = 1L << 40;

    /// <summary>Seconds between two looks at events that have not come to their end, and at what subscriptions wait for.</summary>
    [Range(0.05, 3600.0)]
    public double SweepSeconds { get; set; } = 5;

    /// <summary>Requests per second of a key of role <c>publisher</c>; five times as many at once.</summary>
    [Range(1, 1_000_000)]
    public int PublisherRate { get; set; } = 10;

    /// <summary>Requests per second of a key of role <c>viewer</c>; five times as many at once.</summary>
    [Range(1, 1_000_000)]
    public int ViewerRate { get; set; } = 50;

    /// <summary>Requests per second of a key of role <c>client</c>; five times as many at once.</summary>
    [Range(1, 1_000_000)]
    public int ClientRate { get; set; } = 5;

    /// <summary>Requests per second of a key of role <c>operator</c>, <c>approver</c> or <c>admin</c>; five times as many at once.</summary>
    [Range(1, 1_000_000)]
    public int OperatorRate { get; set; } = 20;

    /// <summary>Requests per second without a valid key from one address; five times as many at once.</summary>
    [Range(1, 1_000_000)]
    public int UnknownRate { get; set; } = 5;

    /// <summary>Requests per second of everybody together.</summary>
    [Range(1, 1_000_000)]
    public int TotalRate { get; set; } = 2000;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
public sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;

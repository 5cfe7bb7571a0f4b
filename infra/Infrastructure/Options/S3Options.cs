using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>The bucket behind <c>Store:Kind=s3</c>: any S3-compatible server with conditional writes.</summary>
public sealed class S3Options
{
    /// <summary>Configuration section.</summary>
    public const string Section = "S3";

    /// <summary>Address of the server, for example <c>https://s3.example.org</c> or <c>http://localhost:9000</c>; https means TLS.</summary>
    [Url]
    public string Endpoint { get; set; } = "http://localhost:9000";

    /// <summary>Region requests are signed for.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Bucket, which must exist; nothing else may write to it.</summary>
    [Required]
    [RegularExpression("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    public string Bucket { get; set; } = "sparsepipeline";

    /// <summary>Access key; better given as <see cref="AccessKeyFile"/>.</summary>
    public string? AccessKey { get; set; }

    /// <summary>Secret key; better given as <see cref="SecretKeyFile"/>.</summary>
    public string? SecretKey { get; set; }

    /// <summary>File with the access key, as secrets of containers are mounted. Wins over <see cref="AccessKey"/>.</summary>
    public string? AccessKeyFile { get; set; }

    /// <summary>File with the secret key. Wins over <see cref="SecretKey"/>.</summary>
    public string? SecretKeyFile { get; set; }

    /// <summary>PEM file of the authority that signed the server's certificate, when the machine does not know it.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>Transfers at the same time.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;

    /// <summary>A request that moves no byte for this long, in seconds, is given up and tried again.</summary>
    [Range(1.0, 3600.0)]
    public double TimeoutSeconds { get; set; } = 60;

    /// <summary>How often a request that failed for a passing reason is tried again, after 0.25 s, 0.5 s, 1 s and so on up to 10 s.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 6;

    /// <summary>Larger artifacts are refused before a byte is moved, in bytes; 5 GiB is what one S3 request can write.</summary>
    [Range(1, 5L * 1024 * 1024 * 1024)]
    public long MaxArtifactBytes { get; set; } = 5L * 1024 * 1024 * 1024;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>The S3-compatible server that the buckets of <c>Gateway:Buckets</c> are on, which need not be that of the store. Reading is all that is done there.</summary>
public sealed class AdoptionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Adoption";

    /// <summary>Address of the server, for example <c>https://s3.example.org</c>. Empty takes server and keys of section <c>S3</c> when the store is a bucket, and adopts nothing otherwise.</summary>
    [Url]
    public string? Endpoint { get; set; }

    /// <summary>Region requests are signed for.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

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

    /// <summary>A request that moves no byte for this long, in seconds, is given up and tried again.</summary>
    [Range(1.0, 3600.0)]
    public double TimeoutSeconds { get; set; } = 60;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
public sealed partial class AdoptionOptionsValidator : IValidateOptions<AdoptionOptions>;

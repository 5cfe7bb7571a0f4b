using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The broker behind <c>Bus:Transport=rabbitmq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "RabbitMq";

    /// <summary>Host name of the broker.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>Port; 5671 is usual with TLS.</summary>
    [Range(1, 65535)]
    public ushort Port { get; set; } = 5672;

    /// <summary>Virtual host, which must exist.</summary>
    [Required]
    public string VirtualHost { get; set; } = "sparsepipeline";

    /// <summary>User the process logs in as.</summary>
    [Required]
    public string Username { get; set; } = "sparsepipeline";

    /// <summary>Password; better given as <see cref="PasswordFile"/>.</summary>
    public string? Password { get; set; }

    /// <summary>File with the password, as secrets of containers are mounted. Wins over <see cref="Password"/>.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whether to speak TLS.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file of the authority that signed the broker's certificate, when the machine does not know it.</summary>
    public string? CertificateAuthorityFile { get; set; }

    /// <summary>A connection silent for twice this long, in seconds, is taken for dead and made again.</summary>
    [Range(1, 600)]
    public int HeartbeatSeconds { get; set; } = 20;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class RabbitMqOptionsValidator : IValidateOptions<RabbitMqOptions>;

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>A Seq server that receives the log besides the console.</summary>
public sealed class SeqOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Seq";

    /// <summary>Address of the server, for example <c>http://localhost:5341</c>. Empty sends nothing.</summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>Key the server asks for, if it does; better given as <see cref="ApiKeyFile"/>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>File with the key, as secrets of containers are mounted. Wins over <see cref="ApiKey"/>.</summary>
    public string? ApiKeyFile { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(ApiKeyFile) && !File.Exists(ApiKeyFile))
            yield return new ValidationResult($"{nameof(ApiKeyFile)} is '{ApiKeyFile}': name a file that exists.", [nameof(ApiKeyFile)]);
    }

    /// <summary>The key, wherever it is; null when there is none.</summary>
    internal string? ReadApiKey() => string.IsNullOrEmpty(ApiKeyFile) ? ApiKey : File.ReadAllText(ApiKeyFile).Trim();
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class SeqOptionsValidator : IValidateOptions<SeqOptions>;

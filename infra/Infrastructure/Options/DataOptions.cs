using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Which files of a worker's machine recipes may name.</summary>
public sealed class DataOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Data";

    /// <summary>Allows every path.</summary>
    public const string Everywhere = "*";

    /// <summary>
    /// Absolute folders, with <c>:</c> between them, below which <c>data.path</c> of a recipe must be, links resolved; <c>*</c> allows every path.
    /// Empty allows none in services, and every path where the workers run in the submitter's own process.
    /// </summary>
    public string Roots { get; set; } = "";

    /// <summary>The folders one by one; empty when there are none or all are allowed.</summary>
    public IReadOnlyList<string> Folders => Roots == Everywhere ? [] : Roots.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folders.FirstOrDefault(folder => !Path.IsPathFullyQualified(folder)) is { } relative)
            yield return new($"Roots names '{relative}', which is no absolute folder.", [nameof(Roots)]);
    }
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Where the gateway tells OpenLineage what was made of what.</summary>
public sealed class LineageOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Lineage";

    /// <summary>Address that takes OpenLineage events, such as <c>http://marquez:5000/api/v1/lineage</c>. Empty tells nobody.</summary>
    [Url]
    public string? Endpoint { get; set; }

    /// <summary>Namespace of jobs and datasets.</summary>
    [Required]
    [MaxLength(256)]
    public string Namespace { get; set; } = "sparsepipeline";

    /// <summary>File with a key that is sent as bearer token, read again for every message. Empty for none.</summary>
    public string? KeyFile { get; set; }
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
public sealed partial class LineageOptionsValidator : IValidateOptions<LineageOptions>;

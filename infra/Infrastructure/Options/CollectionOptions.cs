using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>What a collection of unreferenced blobs leaves alone.</summary>
public sealed class CollectionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Collection";

    /// <summary>Blobs stored within this many hours stay although nothing refers to them yet: their step may still be running.</summary>
    [Range(2.0, 8760.0)]
    public double GraceHours { get; set; } = 24;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class CollectionOptionsValidator : IValidateOptions<CollectionOptions>;

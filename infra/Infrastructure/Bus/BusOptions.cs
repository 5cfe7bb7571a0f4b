using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Over what the workers talk.</summary>
public sealed class BusOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>The bus inside one process: nothing to install, nobody outside hears it.</summary>
    public const string InMemory = "in-memory";

    /// <summary>Only <c>in-memory</c> so far.</summary>
    [AllowedValues(InMemory)]
    public string Transport { get; set; } = InMemory;
}

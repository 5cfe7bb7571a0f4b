using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>Rows of what comes into layers that are stored as they are, 32-bit floats, each row as likely as any other.</summary>
public sealed record ActivationSample
{
    /// <summary>Name patterns (* matches anything) of the layers' weights; one that matches none is refused.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>Rows of each layer from examples of the training split, at least 1; all when there are fewer.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows of each layer from examples of the test split.</summary>
    [DefaultValue(0)]
    public int TestRows { get; init; }
}

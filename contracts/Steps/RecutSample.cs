using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>On what sample it is collected what comes into the layers of an average that is pruned again, for pruners that go by it.</summary>
public sealed record RecutSample
{
    /// <summary>Examples of the sample, at least 1; all when the training split has fewer.</summary>
    public required int Examples { get; init; }

    /// <summary>Draws the sample.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether XᵀX of every layer is collected too.</summary>
    [DefaultValue(false)]
    public bool Products { get; init; }

    /// <summary>Whether layers are cut one after the other while it is collected, so that later ones see what cut ones say.</summary>
    [DefaultValue(false)]
    public bool Sequential { get; init; }
}

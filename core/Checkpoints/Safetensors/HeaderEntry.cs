using System.Collections.Immutable;

namespace SparsePipeline.Checkpoints;

/// <summary>One tensor as the header declares it, before it is believed.</summary>
internal struct HeaderEntry
{
    public string? Type;
    public ImmutableArray<long> Shape;
    public ImmutableArray<long> Offsets;
}

namespace SparsePipeline.Contracts;

/// <summary>How much more often one network is right than another, or by how much what they are compared by differs, on the same examples.</summary>
public sealed record PairedDifference
{
    /// <summary>Examples both were measured on; whole ones, where each has several predictions.</summary>
    public required int Examples { get; init; }

    /// <summary>What the one is worth minus what the other is; of accuracies in [−1, 1].</summary>
    public required double Difference { get; init; }

    /// <summary>Of the difference, at 95 %: how far another test split of this size could have been off, not how far another seed would.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Examples that only the one gets right; null when the other is a mean over several networks or examples have several predictions.</summary>
    public int? OnlyOne { get; init; }

    /// <summary>Examples that only the other gets right; null as above.</summary>
    public int? OnlyOther { get; init; }
}

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>
/// Says in the key of a step that N:M groups run along the input channels of convolutions, as they did not always: results of before are not
/// taken for these, and steps of other structures keep their keys.
/// </summary>
public static class NOfMLayout
{
    /// <summary>Groups along the second dimension, at one place of the kernel.</summary>
    public const string InputChannels = "input-channels";

    /// <summary>What a step with that structure names; null for structures without such groups.</summary>
    public static string? Of(string structure) => Structures.Find(structure).Density is null ? null : InputChannels;
}

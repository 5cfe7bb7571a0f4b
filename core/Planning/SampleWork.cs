namespace SparsePipeline.Planning;

/// <summary>What a step that looks at a network on examples costs, as far as a plan can know it.</summary>
/// <param name="Examples">Examples that run through the network.</param>
/// <param name="EachLayer">Whether all of them do so once for every layer, and not once.</param>
public sealed record SampleWork(int Examples, bool EachLayer);

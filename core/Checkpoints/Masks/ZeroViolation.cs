namespace SparsePipeline.Checkpoints;

/// <summary>A tensor in which pruned positions are not zero.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Count">How many pruned positions are not zero.</param>
/// <param name="FirstIndex">Flat index of the first.</param>
/// <param name="FirstValue">What is there, as text.</param>
public sealed record ZeroViolation(string Name, long Count, long FirstIndex, string FirstValue);

namespace SparsePipeline.Contracts;

/// <summary>A method that a spec names without a <see cref="MethodSpec"/> to hold its version.</summary>
/// <param name="Axis">One of <see cref="MethodAxes"/>.</param>
/// <param name="Name">Its name; null where another method chooses it, as a pruner its own allocation.</param>
public readonly record struct NamedMethod(string Axis, string? Name);

namespace SparsePipeline.Contracts;

/// <summary>A step of a plan.</summary>
/// <param name="Node">Its place in the run.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Cached">Whether its result exists.</param>
/// <param name="Epochs">Training epochs it costs.</param>
public sealed record PlannedAnswer(string Node, string Kind, bool Cached, int Epochs);

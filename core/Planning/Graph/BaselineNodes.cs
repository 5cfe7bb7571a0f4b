namespace SparsePipeline.Planning;

/// <summary>Where in the graph of a run a baseline is measured. Steps that it shares have the names of whoever asked for them first.</summary>
/// <param name="Name">One of <see cref="BaselineNames"/>.</param>
/// <param name="Evaluations">Nodes that measure it, one per cycle or the last only; empty when it is read off the run's candidates.</param>
/// <param name="Sparse">
/// For each of them the node whose metric is its sparsity: the cut, or an average with a mask of its own. Empty when nothing was cut.
/// </param>
public sealed record BaselineNodes(string Name, IReadOnlyList<string> Evaluations, IReadOnlyList<string> Sparse);

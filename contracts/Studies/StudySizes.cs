namespace SparsePipeline.Contracts;

/// <summary>How large the networks and the data of a study are, as counted: those of the first cell of its first grid.</summary>
/// <param name="Weights">Prunable weights of the network; null when no checkpoint says it.</param>
/// <param name="Examples">Examples by split: <c>training</c>, and those that accuracies were measured on by <see cref="StudySplits"/>.</param>
public sealed record StudySizes(long? Weights, IReadOnlyDictionary<string, int> Examples)
{
    /// <summary>The name under which the training examples are counted.</summary>
    public const string Training = "training";
}

using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>A candidate that is averaged.</summary>
/// <param name="Index">Its index among the candidates, for messages; below 0 for the anchor.</param>
/// <param name="State">Its weights.</param>
/// <param name="Factor">Its λ before division.</param>
internal sealed record SoupMember(int Index, StateDict State, double Factor)
{
    /// <summary>Its squared gradients; null where the merge does not go by them.</summary>
    public StatisticsFile? Statistics { get; init; }

    /// <summary>The file as it was given; files of a store are called by their content, which tells nobody anything, so they have a number.</summary>
    public string Name => Path.GetExtension(State.Path).Length > 1 ? State.Path : Index < 0 ? "The anchor" : $"Candidate {Index}";
}

using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Prunes the average again, by the rule and to the sparsity its members were pruned with.</summary>
/// <remarks>
/// The average of independently pruned networks brought back to their sparsity, as a comparison in the spirit of Zimmer, Spiegel, Pokutta,
/// "Sparse Model Soups", ICLR 2024, arXiv 2306.16788. Only weights that some member keeps can stay. Nothing is retrained afterwards; BatchNorm
/// is recalibrated as after every merge. Ties and exact count as in <see cref="PruneOperation"/>.
/// </remarks>
internal sealed class RePrunePolicy : IMaskPolicy
{
    public const string Name = "re-prune";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.MaskPolicy,
        Name = Name,
        Title = "Pruned again",
        UseWhen = "Use to compare an average of independent pruning runs with its members at the same sparsity.",
        Traits = MethodTraits.CutsAgain,
        Paper = "Zimmer, Spiegel, Pokutta, Sparse Model Soups, ICLR 2024, arXiv 2306.16788",
    };

    public SparsityMask Apply(StateDict average, IReadOnlyList<SparsityMask> masks, PruneRequest? recut, string output)
    {
        if (recut is null)
            throw new DomainException(
                FailureCodes.InvalidOption, $"The mask policy '{Name}' is given no cut.", "Name the pruner and the sparsity the average is cut by.");
        var file = TemporaryName.Beside(output);
        try
        {
            PruneOperation.Run(average, recut with { PreviousMask = masks.Aggregate((a, b) => a.Union(b)) }, output, file);
            return SparsityMask.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Erdős–Rényi-Kernel: the density of a layer is ε · (sum of its dimensions) / (product of its dimensions), 1 at most.</summary>
/// <remarks>
/// Evci, Gale, Menick, Castro, Elsen, "Rigging the Lottery", ICML 2020, arXiv 1911.11134: 1 − (n_in + n_out + w + h) /
/// (n_in · n_out · w · h) scales a convolution's sparsity, 1 − (n_in + n_out) / (n_in · n_out) that of a linear layer (Mocanu et al. 2018).
/// Density times size is ε · (sum of dimensions), so weights kept are proportional to that sum. ε is never computed: the exact number of
/// weights is apportioned, what would exceed a layer goes to the others in proportion, fractions by largest remainder. In a later cut
/// a layer is full with the weights earlier cuts have left it. Scores are not read; O(layers²).
/// </remarks>
internal sealed class ErkAllocation : IAllocation
{
    public const string Name = "erk";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Allocation,
        Name = Name,
        Title = "Erdős–Rényi-Kernel",
        UseWhen = "Use when small and narrow layers must stay denser than large ones whatever their weights, and as the spread of random pruning.",
        Traits = MethodTraits.OwnDensities,
        Paper = "Evci, Gale, Menick, Castro, Elsen, Rigging the Lottery: Making All Tickets Winners, ICML 2020, arXiv 1911.11134",
    };

    public IReadOnlyList<CutGroup> Allocate(IScoreSource scores, long kept)
    {
        var shares = Apportionment.Split(
            kept, [.. scores.Tensors.Select(t => (double)t.Shape.Sum())], [.. scores.Tensors.Select(t => t.Remaining)]);
        return [.. shares.Select((share, tensor) => new CutGroup([tensor], share))];
    }
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes weights drawn by chance, each remaining weight of the network as likely as any other.</summary>
/// <remarks>The draw is a function of the seed, the tensor name and the flat index: see <see cref="RandomScore"/>.</remarks>
internal sealed class RandomPruner : IPruner
{
    public const string Name = "random";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Pruner,
        Name = Name,
        Title = "Random",
        UseWhen = "Use as the baseline that any score must beat.",
        Needs = MethodNeeds.Seed,
        Paper = "Liu et al., The Unreasonable Effectiveness of Random Pruning, ICLR 2022, arXiv 2202.02643",
    };

    public IScore Score => RandomScore.Instance;

    public string Allocation => GlobalAllocation.Name;
}

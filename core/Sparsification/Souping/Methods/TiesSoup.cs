using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Merges what members changed of the anchor: the largest changes count, a sign is elected for every number, and the changes of that sign are averaged.</summary>
/// <remarks>
/// Yadav, Tam, Choshen, Raffel, Bansal, "TIES-Merging: Resolving Interference When Merging Models", NeurIPS 2023, arXiv 2306.01708: trim, elect, merge,
/// w = w₀ + λ·τ. The paper trims the whole vector of changes; here, as in public code, every tensor by itself, and a share of the numbers that the mask
/// keeps: a share of all would trim nothing of a sparse network. Exact count, of equal changes the lower flat index stays. Six passes; no seed.
/// </remarks>
internal sealed class TiesSoup : ISoup
{
    public const string Name = "ties";

    private const string Density = "density";
    private const string Scale = "scale";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "TIES merging",
        UseWhen = "Use when networks were fine-tuned on different data from one trained network, and their changes contradict each other.",
        Paper = "Yadav, Tam, Choshen, Raffel, Bansal, TIES-Merging: Resolving Interference When Merging Models, NeurIPS 2023, arXiv 2306.01708",
        Needs = MethodNeeds.Anchor,
        Options =
        [
            OptionInfo.Number(Density, "Share of each member's changes that counts, the largest, among the weights that the mask keeps.", 0.2, 0.001, 1),
            OptionInfo.Number(Scale, "What the merged change is multiplied by before it is added to the anchor.", 1, 0, 10),
        ],
    };

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) => Task.FromResult(new SoupMix(context.Everybody)
    {
        Merge = new DeltaMerge(new LargestDeltas(context.Options.Number(Density)), new SignElection(), context.Options.Number(Scale)),
    });
}

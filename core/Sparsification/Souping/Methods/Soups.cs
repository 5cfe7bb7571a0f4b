using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>The registered soups. A new one is a class here and a line in this list.</summary>
public static class Soups
{
    public static MethodRegistry<ISoup> Registry { get; } = new(
        MethodAxes.Soup, new UniformSoup(), new GreedySoup(), new WeightedSoup(), new NoSoup(), new ModelStockSoup(), new TiesSoup(), new SlerpSoup(), new FisherSoup());
}

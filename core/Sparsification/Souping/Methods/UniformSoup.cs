using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages all candidates: w = (1/n) Σ wᵢ.</summary>
/// <remarks>
/// Source: Wortsman et al., "Model soups", ICML 2022, arXiv 2203.05482; under one mask: Zimmer, Spiegel, Pokutta, ICLR 2024,
/// arXiv 2306.16788. No scoring is needed to choose.
/// </remarks>
internal sealed class UniformSoup : ISoup
{
    public const string Name = "uniform";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "Uniform soup",
        UseWhen = "Use when the candidates come from the same pruned network and none is bad.",
        Paper = "Wortsman et al., Model soups, ICML 2022, arXiv 2203.05482",
    };

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix(context.Everybody));
}

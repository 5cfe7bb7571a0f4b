using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Starts with the best candidate and adds the next best as long as the soup does not become worse on the validation split.</summary>
/// <remarks>
/// Source: Wortsman et al., "Model soups", ICML 2022, arXiv 2203.05482, recipe 1. We accept on equal accuracy (≥), and of tasks that are compared by something else on what is not worse, as DiWA and the Sparse
/// Model Soups code do and the text of the paper does; every trial is scored after BatchNorm recalibration. One scoring per candidate.
/// </remarks>
internal sealed class GreedySoup : ISoup
{
    public const string Name = "greedy";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "Greedy soup",
        UseWhen = "Use when some candidates may be bad; costs one scoring per candidate.",
        Needs = MethodNeeds.Validation,
        Paper = "Wortsman et al., Model soups, ICML 2022, arXiv 2203.05482",
    };

    public async Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken)
    {
        var ranking = CandidateRanking.BestFirst(context);
        List<int> members = [ranking[0]];
        var best = (await context.Score(members, cancellationToken)).Measure;
        foreach (var next in ranking.Skip(1))
        {
            var trial = (await context.Score([.. members, next], cancellationToken)).Measure;
            if (context.Measure.IsBetter(best, trial))
                continue;
            members.Add(next);
            best = trial;
        }
        return new SoupMix(members);
    }
}

namespace SparsePipeline.Sparsification.Souping;

internal static class CandidateRanking
{
    /// <summary>Indices of the candidates by what they are worth on the validation split, the best first, the lower index first among equals.</summary>
    public static IReadOnlyList<int> BestFirst(SoupContext context) =>
        [.. Enumerable.Range(0, context.Candidates.Count).OrderByDescending(i => context.Candidates[i].Validation, context.Measure.Order)];
}

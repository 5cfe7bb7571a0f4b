namespace SparsePipeline.Sparsification.Souping;

internal static class CandidateRanking
{
    /// <summary>Indices by falling validation accuracy, the lower index first among equals.</summary>
    public static IReadOnlyList<int> BestFirst(IReadOnlyList<CandidateFile> candidates) =>
        [.. Enumerable.Range(0, candidates.Count).OrderByDescending(i => candidates[i].ValidationAccuracy)];
}

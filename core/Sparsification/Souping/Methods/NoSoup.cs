using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages nothing: the candidate with the best validation accuracy passes through alone, the first one among equals.</summary>
internal sealed class NoSoup : ISoup
{
    public const string Name = "none";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "No soup",
        UseWhen = "Use for iterative pruning without averaging: the best candidate by validation accuracy goes on.",
        Traits = MethodTraits.Idle,
    };

    public Task<IReadOnlyList<int>> ChooseAsync(
        IReadOnlyList<CandidateFile> candidates,
        Func<IReadOnlyList<int>, CancellationToken, Task<SoupScore>> score,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<int>>([CandidateRanking.BestFirst(candidates)[0]]);
}

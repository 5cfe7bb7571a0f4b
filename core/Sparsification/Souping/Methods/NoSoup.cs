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

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix([CandidateRanking.BestFirst(context.Candidates)[0]]));
}

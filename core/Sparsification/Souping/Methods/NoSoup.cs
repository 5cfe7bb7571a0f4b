using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages nothing: the candidate that is best on the validation split passes through alone, the first one among equals.</summary>
internal sealed class NoSoup : ISoup
{
    public const string Name = "none";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Soup,
        Name = Name,
        Title = "No soup",
        UseWhen = "Use for iterative pruning without averaging: the best candidate by validation goes on.",
        Traits = MethodTraits.Idle,
    };

    public Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new SoupMix([CandidateRanking.BestFirst(context)[0]]));
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Decides which candidates are averaged.</summary>
public interface ISoup : IMethod
{
    /// <summary>Chooses at least one candidate.</summary>
    /// <param name="candidates">Those on offer, at least one.</param>
    /// <param name="score">Averages the given candidates uniformly, recalibrates BatchNorm and scores the result on the validation split.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    /// <returns>Indices into <paramref name="candidates"/> without repetition, in the order they were added.</returns>
    Task<IReadOnlyList<int>> ChooseAsync(
        IReadOnlyList<CandidateFile> candidates,
        Func<IReadOnlyList<int>, CancellationToken, Task<SoupScore>> score,
        CancellationToken cancellationToken);
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Decides which candidates are averaged, and with which weights.</summary>
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

    /// <summary>λ of the chosen candidates, adding up to 1, in the order they were added; null for equal ones.</summary>
    /// <param name="method">The soup with its options.</param>
    /// <param name="candidates">How many were on offer.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the options do not fit the candidates.</exception>
    IReadOnlyList<double>? Weights(MethodSpec method, int candidates) => null;
}

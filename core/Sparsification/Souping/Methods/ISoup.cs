using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Decides which candidates a soup is made of, and how they are merged.</summary>
public interface ISoup : IMethod
{
    /// <summary>Most candidates that can be offered.</summary>
    int Most => int.MaxValue;

    /// <summary>Refuses options that do not fit the candidates, before anything is scored or read.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>.</exception>
    void Check(SoupContext context) => _ = context.Options;

    /// <summary>Chooses at least one candidate, and how the chosen are merged.</summary>
    /// <param name="context">What the soup may look at.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the options do not fit the candidates.</exception>
    Task<SoupMix> ChooseAsync(SoupContext context, CancellationToken cancellationToken);
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What a soup may look at when it chooses.</summary>
public sealed class SoupContext
{
    private OptionValues? _options;

    /// <summary>The soup with the options that were given.</summary>
    public required MethodSpec Method { get; init; }

    /// <summary>What the soup says about itself.</summary>
    public required MethodInfo Info { get; init; }

    /// <summary>Those on offer, at least one.</summary>
    public required IReadOnlyList<CandidateFile> Candidates { get; init; }

    /// <summary>A trained network that the candidates started from, under the same mask; null without one.</summary>
    public string? Anchor { get; init; }

    /// <summary>By what candidates and trials are compared.</summary>
    public MeasureInfo Measure { get; init; } = MeasureInfo.Accuracy;

    /// <summary>Averages the given candidates uniformly, recalibrates BatchNorm and scores the result on the validation split.</summary>
    public required Func<IReadOnlyList<int>, CancellationToken, Task<SoupScore>> Score { get; init; }

    /// <summary>The options, checked, with their defaults.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>, naming every option that does not fit.</exception>
    public OptionValues Options => _options ??= new OptionValues(Info, Method.Options);

    /// <summary>Indices of all candidates.</summary>
    public IReadOnlyList<int> Everybody => [.. Enumerable.Range(0, Candidates.Count)];
}

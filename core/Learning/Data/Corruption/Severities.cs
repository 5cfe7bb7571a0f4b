using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>How severe a corruption is: 1 to 5, as in CIFAR-10-C.</summary>
public static class Severities
{
    public const int Count = 5;

    /// <summary>1 to 5.</summary>
    public static IReadOnlyList<int> All { get; } = [.. Enumerable.Range(1, Count)];

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: one is not in 1 to 5.</exception>
    internal static void Check(IEnumerable<int> severities)
    {
        foreach (var severity in severities.Where(s => s is < 1 or > Count))
            throw new DomainException(FailureCodes.InvalidOption, $"severities has {severity}.", $"Use 1, mild, to {Count}, severe.");
    }
}

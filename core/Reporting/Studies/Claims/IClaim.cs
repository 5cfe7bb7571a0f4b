using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>Something that a paper says and figures can speak for or against.</summary>
internal interface IClaim
{
    /// <summary>Kebab-case.</summary>
    string Name { get; }

    /// <summary>In words; it holds when the difference is above 0.</summary>
    string Statement { get; }

    /// <summary>What speaks for or against it: a difference by seed for every place where it can be looked for.</summary>
    /// <param name="cells">Cells of a grid with the same kind of soup.</param>
    /// <param name="split">One of <see cref="StudySplits"/>.</param>
    IEnumerable<(string Cell, SeedDifferences Differences)> Evidence(IReadOnlyList<StudyCellReport> cells, string split);
}

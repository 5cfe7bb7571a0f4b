using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>A recipe run many times, over seeds and grids of settings, to be compared.</summary>
public sealed record Study
{
    /// <summary>Kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>What the author says about it, as Markdown; null when there is nothing.</summary>
    public string? Notes { get; init; }

    /// <summary>Path of the recipe, seen from the study; files that the recipe names count from its folder.</summary>
    public required string RecipePath { get; init; }

    /// <summary>All cells are run with each; comparisons are paired by them.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    public required IReadOnlyList<StudyGrid> Grids { get; init; }

    /// <summary>Every run once, although grids may share some, in the order of the grids.</summary>
    public IReadOnlyList<Recipe> Recipes => [.. Grids.SelectMany(g => g.Cells).SelectMany(c => c.Recipes).DistinctBy(RunId.Of)];
}

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

    /// <summary>What chooses and what judges.</summary>
    public required StudySeeds Seeds { get; init; }

    /// <summary>Some of <see cref="ClaimNames"/>: what is put to the test.</summary>
    public required IReadOnlyList<string> Claims { get; init; }

    public required IReadOnlyList<StudyGrid> Grids { get; init; }

    /// <summary>The grid that claims are tested on: the first comparison with judging seeds. One speaks for all: another that looks at one of its corners would count the same runs twice.</summary>
    public StudyGrid? Judge => Grids.FirstOrDefault(g => g.Sweep is null && g.SeedRole == SeedRoles.Judging);

    /// <summary>
    /// Every run once, although grids may share some: grid by grid, and within a grid seed by seed, so that a study that is stopped has some
    /// seeds whole and not all in part.
    /// </summary>
    public IReadOnlyList<Recipe> Recipes =>
        [.. Grids.SelectMany(g => g.Cells.SelectMany(c => c.Recipes.Select((Recipe, Place) => (Recipe, Place))).OrderBy(r => r.Place)).Select(r => r.Recipe).DistinctBy(RunId.Of)];
}

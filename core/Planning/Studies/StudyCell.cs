using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>One combination of a grid's axes, with a recipe per seed.</summary>
/// <param name="Settings">The axes' fields and values, in the order of the axes.</param>
/// <param name="Recipes">By seed, in the order of the study's seeds of the grid's role.</param>
public sealed record StudyCell(IReadOnlyList<KeyValuePair<string, string>> Settings, IReadOnlyList<Recipe> Recipes)
{
    /// <summary>The combination on one line; empty for a grid without axes.</summary>
    public string Name => string.Join(", ", Settings.Select(s => $"{s.Key} {s.Value}"));
}

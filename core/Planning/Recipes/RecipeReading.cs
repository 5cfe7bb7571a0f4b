using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What reading a recipe gave: the recipe, or everything that is wrong with it.</summary>
/// <param name="Recipe">Null when there are errors.</param>
/// <param name="Errors">All errors at once, in the order of their lines.</param>
public sealed record RecipeReading(Recipe? Recipe, IReadOnlyList<RecipeError> Errors);

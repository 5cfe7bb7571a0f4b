using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Recipes;

/// <summary>A recipe with errors; all of them are shown, each with its line.</summary>
internal sealed class InvalidRecipeException(string path, IReadOnlyList<RecipeError> errors)
    : Exception($"{path} has {errors.Count} error(s).")
{
    public IReadOnlyList<CommandError> Errors { get; } =
        [.. errors.Select(e => new CommandError("invalid-recipe", $"{path}:{e.Line}:{e.Column}: {(e.Field.Length == 0 ? "recipe" : e.Field)}: {e.Reason}", e.Remedy))];
}

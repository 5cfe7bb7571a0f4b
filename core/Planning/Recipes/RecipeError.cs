namespace SparsePipeline.Planning;

/// <summary>One thing a recipe gets wrong.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Field">Path of the field, for example <c>retraining.values[2]</c>; empty for the file as a whole.</param>
/// <param name="Reason">What was found, with the value.</param>
/// <param name="Remedy">What the user can do.</param>
public sealed record RecipeError(long Line, long Column, string Field, string Reason, string Remedy)
{
    /// <summary>One line for a terminal: position, field, reason, remedy.</summary>
    public override string ToString() => $"{Line}:{Column}: {(Field.Length == 0 ? "recipe" : Field)}: {Reason} {Remedy}";
}

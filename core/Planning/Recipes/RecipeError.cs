namespace SparsePipeline.Planning;

/// <summary>One thing a recipe gets wrong.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Field">Path of the field, for example <c>retraining.values[2]</c>; empty for the file as a whole.</param>
/// <param name="Reason">What was found, with the value.</param>
/// <param name="Remedy">What the user can do.</param>
public sealed record RecipeError(long Line, long Column, string Field, string Reason, string Remedy)
{
    /// <summary>The code of everything that has none of its own.</summary>
    public const string Invalid = "invalid-recipe";

    /// <summary>A recipe that came over a network names a file of the sender's machine.</summary>
    public const string LocalFile = "local-file";

    /// <summary>A recipe that came over a network names data by a path and does not say what is in it.</summary>
    public const string DataDigestMissing = "data-digest-missing";

    /// <summary>What kind of error it is, for programs.</summary>
    public string Code { get; init; } = Invalid;

    /// <summary>One line for a terminal: position, field, reason, remedy.</summary>
    public override string ToString() => $"{Line}:{Column}: {(Field.Length == 0 ? "recipe" : Field)}: {Reason} {Remedy}";
}

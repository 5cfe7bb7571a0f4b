namespace SparsePipeline.Reporting.Settings;

/// <summary>One setting of a recipe as it was run.</summary>
/// <param name="Path">Where it stands in a recipe: <c>pretraining.learningRate</c>.</param>
/// <param name="Value">What was run.</param>
/// <param name="Default">What would have been run without it; null for a setting that every recipe has to make.</param>
internal sealed record RecipeSetting(string Path, string Value, string? Default)
{
    /// <summary>Whether the recipe asks for something that would not have been done by itself.</summary>
    public bool IsChanged => Value != Default;
}

namespace SparsePipeline.Planning;

/// <summary>How big a recipe may be: far beyond any real one, small enough that a hostile one costs nothing.</summary>
public static class RecipeLimits
{
    public const int Characters = 262_144;

    public const int Depth = 16;

    public const int Nodes = 10_000;

    internal static RecipeError TooLong() =>
        new(1, 1, "", $"The recipe is longer than {Characters:N0} characters.", "A recipe is a few dozen lines; is this the right file?");
}

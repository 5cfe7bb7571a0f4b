using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Which soups need an anchor: asked of recipes, of the command line and before every merge.</summary>
public static class SoupNeeds
{
    /// <summary>Why a soup cannot go with the anchor there is, or with none; null when it can.</summary>
    public static string? Problem(MethodInfo soup, bool anchor) => (soup.Needs.HasFlag(MethodNeeds.Anchor), anchor) switch
    {
        (true, false) => $"The soup '{soup.Name}' measures its members from an anchor, and there is none",
        (false, true) => $"The soup '{soup.Name}' looks at no anchor, so the one given would change nothing",
        _ => null,
    };

    /// <summary>What to do about it.</summary>
    public static string Remedy(MethodInfo soup) => soup.Needs.HasFlag(MethodNeeds.Anchor)
        ? "Name a trained network of the same mask that the candidates started from. Recipes have soup.anchor, with the workflow merge soup.anchorNetwork; the command has --anchor."
        : "Leave the anchor out, or use a soup that needs one.";
}

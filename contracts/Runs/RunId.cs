using System.Buffers;
using System.Security.Cryptography;

namespace SparsePipeline.Contracts;

/// <summary>A run is named by its recipe, so submitting the same recipe again resumes the same run.</summary>
public static class RunId
{
    private const int DigestLength = 12;
    private const int MaxNameLength = 64;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Recipe name and the first 12 hexadecimal digits of the digest of its canonical JSON.</summary>
    public static string Of(Recipe recipe) =>
        $"{recipe.Name}-{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(recipe)))[..DigestLength]}";

    /// <summary>Whether a run with this id is that of a recipe whose canonical JSON has this SHA-256.</summary>
    public static bool IsOf(string runId, string recipeDigest) =>
        recipeDigest.Length > DigestLength && runId.EndsWith($"-{recipeDigest[..DigestLength]}", StringComparison.Ordinal);

    /// <summary>Whether a run could have this name; tells made-up names from real ones without looking anything up.</summary>
    public static bool IsWellFormed(string? runId)
    {
        var nameLength = (runId?.Length ?? 0) - DigestLength - 1;
        return nameLength is > 0 and <= MaxNameLength
            && runId![nameLength] == '-'
            && !runId.AsSpan(0, nameLength).ContainsAnyExcept(NameCharacters)
            && !runId.AsSpan(nameLength + 1).ContainsAnyExcept("0123456789abcdef");
    }
}

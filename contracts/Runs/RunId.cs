using System.Security.Cryptography;

namespace SparsePipeline.Contracts;

/// <summary>A run is named by its recipe, so submitting the same recipe again resumes the same run.</summary>
public static class RunId
{
    /// <summary>Recipe name and the first 12 hexadecimal digits of the digest of its canonical JSON.</summary>
    public static string Of(Recipe recipe) =>
        $"{recipe.Name}-{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(recipe)))[..12]}";
}

using System.Security.Cryptography;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Names what the verdicts of a study rest on, so that a change of it is seen.</summary>
public static class StudyDigest
{
    /// <summary>
    /// SHA-256, 64 lower-case hexadecimal digits, over the claims, the judging seeds, and the grid that judges with the whole recipe of every run. Taken of
    /// the study as it is read, before paths of files are replaced by their contents.
    /// </summary>
    public static string Of(Study study) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(new
    {
        Claims = study.Claims.Order(StringComparer.Ordinal).ToArray(),
        Seeds = study.Seeds.Judging.Order().ToArray(),
        Cells = study.Judge?.Cells.Select(c => new { c.Name, Runs = c.Recipes.Select(RunId.Of).Order(StringComparer.Ordinal).ToArray() }).ToArray(),
    })));
}

using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>The last run of a page as a token that nobody needs to understand; runs that are submitted meanwhile do not shift the next page.</summary>
internal static class PageToken
{
    public static string Of(IndexedRun last) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(IndexPaths.Entry(last))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: it is none.</exception>
    public static IndexedRun Read(string token)
    {
        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (token.Length % 4)) % 4);
            if (IndexPaths.Read(Encoding.UTF8.GetString(Convert.FromBase64String(padded))) is { } run)
                return run;
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw new DomainException(FailureCodes.InvalidOption, $"The page '{token}' is none.", "Copy it from the end of the page before, or leave it out to begin.");
    }
}

using System.Text.RegularExpressions;

namespace SparsePipeline.Gateway.Adoption;

/// <summary>Where an object is: <c>s3://bucket/key</c>. The key is taken as it stands, without any decoding; one that ends in <c>/</c> stands for the one safetensors file below it.</summary>
/// <param name="Bucket">A name as S3 allows it.</param>
/// <param name="Key">1 to 512 characters, and no part of it empty, <c>.</c> or <c>..</c>: libraries of HTTP take such parts out of an address, and the request would be about another bucket.</param>
internal sealed partial record SourceAddress(string Bucket, string Key)
{
    /// <summary>Longest text that is one.</summary>
    public const int MostCharacters = 5 + 63 + 1 + MostKey;

    private const string Scheme = "s3://";
    private const int MostKey = 512;

    /// <summary>Null when the text is none.</summary>
    public static SourceAddress? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || text.IndexOf('/', Scheme.Length) is not (> 0 and var slash))
            return null;
        var (bucket, key) = (text[Scheme.Length..slash], text[(slash + 1)..]);
        return BucketName().IsMatch(bucket) && key.Length <= MostKey && !string.IsNullOrWhiteSpace(key) && !key.Any(char.IsControl) && IsPlain(key) ? new SourceAddress(bucket, key) : null;
    }

    // One that ends in a slash stands for a folder.
    private static bool IsPlain(string key) => (key.EndsWith('/') ? key[..^1] : key).Split('/').All(part => part is not ("" or "." or ".."));

    public override string ToString() => $"{Scheme}{Bucket}/{Key}";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex BucketName();
}

using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Uploads;

/// <summary>Keys of uploads: the document, and the mark of those whose bytes have not come, by key and with its end, so that a listing counts them.</summary>
internal static class UploadPaths
{
    private const string Extension = ".json";
    private const string Instant = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Where the marks of all keys are.</summary>
    public const string Open = "uploads/open/";

    public static string Document(string uploadId) => $"uploads/{uploadId}{Extension}";

    /// <summary>Where the marks of a key are.</summary>
    public static string OpenOf(string keyId) => $"{Open}{keyId}/";

    /// <summary>An upload that is opened anew has another mark, and the one before has an end that is over.</summary>
    public static string Mark(Upload upload) => $"{OpenOf(upload.KeyId)}{upload.ExpiresAt.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)}-{upload.UploadId}{Extension}";

    /// <summary>The upload of a mark and when it ends; null when it is none.</summary>
    public static (string UploadId, DateTimeOffset ExpiresAt)? ReadMark(string path)
    {
        var parts = path[(path.LastIndexOf('/') + 1)..].Split('-', '.');
        return parts is [var instant, var uploadId, "json"]
            && DateTimeOffset.TryParseExact(instant, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end) ? (uploadId, end) : null;
    }
}

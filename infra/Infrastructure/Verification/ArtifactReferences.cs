using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>The artifacts that a document refers to by digest, size and format, wherever in it they stand.</summary>
internal static class ArtifactReferences
{
    /// <summary>All of them, repetitions included; null when the document is no JSON.</summary>
    public static IReadOnlyList<ArtifactRef>? In(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return [.. In(json.RootElement)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<ArtifactRef> In(JsonElement element)
    {
        if (Read(element) is { } reference)
            yield return reference;
        foreach (var part in Parts(element))
            foreach (var found in In(part))
                yield return found;
    }

    private static IEnumerable<JsonElement> Parts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(p => p.Value),
        JsonValueKind.Array => element.EnumerateArray(),
        _ => [],
    };

    private static ArtifactRef? Read(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.String && BlobKeys.IsDigest(digest.GetString()!)
        && element.TryGetProperty("sizeBytes", out var size) && size.TryGetInt64(out var bytes)
        && element.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String
            ? new ArtifactRef(digest.GetString()!, bytes, format.GetString()!)
            : null;
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Compiled graphs as the bytes that are stored.</summary>
public static class GraphJson
{
    private const string Version = "version";
    private const string Digest = "digest";

    /// <summary>Canonical JSON with its digest; equal graphs have equal bytes.</summary>
    public static byte[] Write(GraphDocument graph) =>
        CanonicalJson.Serialize(graph with { Digest = DigestOf(CanonicalJson.Serialize(graph with { Digest = null })) });

    /// <summary>Reads a stored graph, strictly: what is not understood is refused and not left out.</summary>
    /// <param name="bytes">As <see cref="Write"/> made them.</param>
    /// <param name="name">What to call the document in errors.</param>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.CorruptArtifact"/>, or <see cref="FailureCodes.NewerVersion"/> when another version of the program wrote it.
    /// </exception>
    public static GraphDocument Read(ReadOnlyMemory<byte> bytes, string name)
    {
        using var json = Parse(bytes, name);
        if (!json.RootElement.TryGetProperty(Version, out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number))
            throw Damaged(name, "it has no version");
        if (number > GraphDocument.CurrentVersion)
            throw Newer(name, $"it is of version {number}, and this program reads version {GraphDocument.CurrentVersion}.");
        if (!json.RootElement.TryGetProperty(Digest, out var digest) || digest.ValueKind != JsonValueKind.String || !digest.ValueEquals(DigestOf(WithoutDigest(json.RootElement))))
            throw Damaged(name, "its content does not have the digest it names");
        try
        {
            return json.Deserialize<GraphDocument>(ContractJson.Options)!;
        }
        catch (JsonException unknown)
        {
            // The digest says that it is whole, so somebody meant what it says.
            throw Newer(name, unknown.Message);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            return JsonDocument.Parse(bytes) is { RootElement.ValueKind: JsonValueKind.Object } json ? json : throw Damaged(name, "it is no JSON object");
        }
        catch (JsonException broken)
        {
            throw Damaged(name, broken.Message);
        }
    }

    private static ReadOnlySpan<byte> WithoutDigest(JsonElement root)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var property in root.EnumerateObject().Where(p => p.Name != Digest))
                property.WriteTo(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan;
    }

    private static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static DomainException Damaged(string name, string what) => new(
        FailureCodes.CorruptArtifact, $"The graph '{name}' is damaged: {what}.", "Submit the run's recipe again: the graph is set aside and compiled again, and finished steps are kept.");

    private static DomainException Newer(string name, string what) => new(
        FailureCodes.NewerVersion, $"The graph '{name}' was compiled by another version of SparsePipeline: {what}", "Use that version, here and for the workers; until then the run waits.");
}

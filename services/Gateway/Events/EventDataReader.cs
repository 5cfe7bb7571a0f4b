using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Adoption;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Events;

/// <summary>Reads what an event says, and refuses all at once what it should not say.</summary>
internal static class EventDataReader
{
    private const int MostMetrics = 100;
    private const int MostTags = 50;
    private const int MostCharacters = 256;
    private static readonly string[] Formats = [ArtifactFormats.Safetensors];
    private static readonly string[] Places = ["checkpoint", "upload", "uri"];

    /// <exception cref="RefusedRequestException">400 with everything that is wrong.</exception>
    public static CheckpointPublished Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "missing-field", "The event has no data.", "Send at least data.model and data.checkpoint.", "data");
        var reader = new FieldReader(data, "data.");
        var model = reader.NameIn("model", required: true);
        var checkpoint = ReadCheckpoint(reader);
        var upload = reader.Text("upload", most: 64);
        var uri = AdoptionRoutes.SourceIn(reader, "uri")?.ToString();
        var (versionId, digest) = (reader.Text("versionId", most: 1024), reader.Digest("sha256"));
        if (Places.Count(reader.Has) != 1)
            reader.Wrong(new ProblemError(
                "invalid-field", "Of data.checkpoint, data.upload and data.uri exactly one says where the checkpoint is.",
                "Give what POST /v1/uploads/…/complete answered, or the id of the upload, or the address of an object.", "data.checkpoint"));
        foreach (var field in new[] { "versionId", "sha256" })
        {
            if (reader.Has(field) && !reader.Has("uri"))
                reader.Wrong(field, "given without data.uri", "Give it for an object, and leave it out otherwise.");
        }
        var recipe = reader.NameIn("recipe");
        var (metrics, tags) = (ReadMetrics(reader), ReadTags(reader));
        reader.Done();
        return new CheckpointPublished { Model = model!, Checkpoint = checkpoint, Upload = upload, Uri = uri, VersionId = versionId, Sha256 = digest, Recipe = recipe, Metrics = metrics, Tags = tags };
    }

    private static ArtifactRef? ReadCheckpoint(FieldReader data)
    {
        if (data.Object("checkpoint") is not { } reader)
            return null;
        var digest = reader.Digest("digest", required: true);
        var size = reader.Whole("sizeBytes", least: 1, most: long.MaxValue, required: true);
        var format = reader.Word("format", Formats, required: true);
        data.Take(reader);
        return digest is null || size is null || format is null ? null : new ArtifactRef(digest, size.Value, format);
    }

    private static SortedDictionary<string, double>? ReadMetrics(FieldReader data)
    {
        if (data.Object("metrics") is not { } reader)
            return null;
        var found = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in reader.All())
        {
            if (!IsKey(metric.Name) || found.Count == MostMetrics)
                reader.Wrong(Shown(metric.Name), "no name, or one too many", $"Give at most {MostMetrics} names of 1 to {MostCharacters} characters.");
            else if (metric.Value.ValueKind == JsonValueKind.Number && metric.Value.TryGetDouble(out var number) && double.IsFinite(number))
                found[metric.Name] = number;
            else
                reader.Wrong(metric.Name, "no finite number", "Give one, or leave it out.");
        }
        data.Take(reader);
        return found;
    }

    private static SortedDictionary<string, string>? ReadTags(FieldReader data)
    {
        if (data.Object("tags") is not { } reader)
            return null;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in reader.All())
        {
            if (!IsKey(tag.Name) || found.Count == MostTags)
                reader.Wrong(Shown(tag.Name), "no name, or one too many", $"Give at most {MostTags} names of 1 to {MostCharacters} characters.");
            else if (tag.Value.ValueKind == JsonValueKind.String && IsKey(tag.Value.GetString()!))
                found[tag.Name] = tag.Value.GetString()!;
            else
                reader.Wrong(tag.Name, "no text that is taken", $"Give 1 to {MostCharacters} characters.");
        }
        data.Take(reader);
        return found;
    }

    private static bool IsKey(string text) => text.Length is > 0 and <= MostCharacters && !text.Any(char.IsControl);

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;
}

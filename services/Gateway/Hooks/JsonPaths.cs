using System.Text.Json;
using System.Text.Json.Nodes;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Reads messages of other programs, in which anything may be missing or of another type.</summary>
internal static class JsonPaths
{
    private const int MostText = 2048;

    /// <summary>What is found along some names; null when it is not there.</summary>
    public static JsonElement? At(this JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                return null;
        }
        return json;
    }

    /// <summary>A text, or a number as it is written; null when it is not there, too long or has control characters.</summary>
    public static string? TextAt(this JsonElement json, params ReadOnlySpan<string> names)
    {
        var text = json.At(names) switch
        {
            { ValueKind: JsonValueKind.String } found => found.GetString(),
            { ValueKind: JsonValueKind.Number } found => found.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 and <= MostText } && !text.Any(char.IsControl) ? text : null;
    }

    /// <summary>The entries of a list; none when there is no list.</summary>
    public static IEnumerable<JsonElement> ListAt(this JsonElement json, params ReadOnlySpan<string> names) =>
        json.At(names) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Data as they came, with the model and the recipe of the hook where they name none.</summary>
    public static JsonElement DataOf(Hook hook, JsonObject data)
    {
        foreach (var (name, value) in new[] { ("model", hook.Model), ("recipe", hook.Recipe) })
        {
            if (value is not null && !data.ContainsKey(name))
                data[name] = value;
        }
        return JsonSerializer.SerializeToElement(data);
    }

    /// <summary>The data of an event about an object.</summary>
    public static JsonElement DataOf(Hook hook, string model, string uri, string? versionId = null, string? sha256 = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        var data = new JsonObject { ["model"] = model, ["uri"] = uri };
        foreach (var (name, value) in new[] { ("versionId", versionId), ("sha256", sha256), ("recipe", hook.Recipe) })
        {
            if (value is not null)
                data[name] = value;
        }
        if (tags is not null)
            data["tags"] = new JsonObject(tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value)));
        return JsonSerializer.SerializeToElement(data);
    }
}

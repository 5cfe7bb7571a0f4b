using System.Text.Json;

namespace SparsePipeline.Gateway.Http;

/// <summary>Texts in JSON that parse and cannot be read: an escape such as <c>\ud800</c> is half a character.</summary>
internal static class JsonTexts
{
    /// <exception cref="InvalidOperationException">A text or a name has half a character.</exception>
    public static void EnsureReadable(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    EnsureReadable(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    _ = property.Name;
                    EnsureReadable(property.Value);
                }
                break;
        }
    }
}

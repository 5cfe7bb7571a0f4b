using System.Text.Json;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>What came to a hook, as it came.</summary>
/// <param name="Headers">Of the request.</param>
/// <param name="Body">Not read yet: a proof is one of its bytes.</param>
internal sealed record HookMessage(IHeaderDictionary Headers, byte[] Body)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>A header; empty when it is not there.</summary>
    public string Header(string name) => Headers[name].ToString();

    /// <summary>The body when it is a JSON object; null otherwise.</summary>
    public JsonElement? Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Body, Strict);
            JsonTexts.EnsureReadable(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

using System.Text;
using System.Text.Json;

namespace SparsePipeline.Gateway.Http;

/// <summary>Bodies of requests: bounded, and read whole before anything is believed.</summary>
internal static class RequestBody
{
    /// <summary>Most bytes of a body that is no upload.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Most bytes of an event or a recipe.</summary>
    public const int MostBytesOfDocument = 256 * 1024;

    private const int Depth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Depth, AllowDuplicateProperties = false };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes.</summary>
    /// <exception cref="RefusedRequestException">413: there are more.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most)
            throw TooLarge(most);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            if (body.Length + read > most)
                throw TooLarge(most);
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    /// <summary>The body as a JSON object.</summary>
    /// <exception cref="RefusedRequestException">400: it is none; 413: it is too large.</exception>
    public static async Task<JsonElement> ReadObjectAsync(HttpContext context) => Object(await ReadAsync(context, MostBytes));

    /// <summary>A JSON object in some bytes.</summary>
    /// <exception cref="RefusedRequestException">400: there is none.</exception>
    public static JsonElement Object(ReadOnlyMemory<byte> json) => Json(json) is { ValueKind: JsonValueKind.Object } found
        ? found
        : throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-json", "The body is no JSON object.", "Send one: { … }.");

    /// <summary>The JSON in some bytes.</summary>
    /// <exception cref="RefusedRequestException">400: there is none.</exception>
    public static JsonElement Json(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            JsonTexts.EnsureReadable(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException)
        {
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-json", "The body has a text with half a character.", "Write surrogates in pairs.");
        }
        catch (JsonException error)
        {
            throw RefusedRequestException.Of(
                StatusCodes.Status400BadRequest, "invalid-json", $"The body is no JSON: line {error.LineNumber + 1} cannot be read.", "Correct it; a field may be given once only.");
        }
    }

    /// <summary>Some bytes as text.</summary>
    /// <exception cref="RefusedRequestException">400: they are no UTF-8.</exception>
    public static string Text(byte[] body)
    {
        try
        {
            return Utf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-text", "The body is no UTF-8.", "Send it in UTF-8.");
        }
    }

    /// <summary>413.</summary>
    public static RefusedRequestException TooLarge(long most = MostBytes) => RefusedRequestException.Of(
        StatusCodes.Status413PayloadTooLarge, "too-large", $"The body has more than the {most} bytes that are allowed here.", "Send less; checkpoints go through /v1/uploads.");
}

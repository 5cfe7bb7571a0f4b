using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>A request, which may have to be made more than once.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Below the gateway's address, or a whole address.</param>
internal sealed record Ask(HttpMethod Method, string Path)
{
    /// <summary>Its body, made anew for every try; null for none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether the key is sent.</summary>
    public bool WithKey { get; init; } = true;

    /// <summary>Names the request for all its tries, where the gateway asks for that.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the thing that is changed must be now.</summary>
    public Precondition? Precondition { get; init; }

    /// <summary>First byte that is wanted; null for all.</summary>
    public long? Range { get; init; }

    /// <summary>Whether the body of the answer is read later, piece by piece.</summary>
    public bool Streams { get; init; }

    /// <summary>How long a try may take; null for the usual time.</summary>
    public TimeSpan? PerTry { get; init; }

    /// <summary>A POST with a document.</summary>
    public static Ask Post<T>(string path, T body, string contentType = "application/json") => new(HttpMethod.Post, path) { Content = () => Json(body, contentType) };

    /// <summary>A body that is a document.</summary>
    public static HttpContent Json<T>(T body, string contentType = "application/json") =>
        JsonContent.Create(body, new MediaTypeHeaderValue(contentType), AnswerJson.Options);

    /// <summary>A body that is a recipe.</summary>
    public static HttpContent Yaml(string text) => new StringContent(text, Encoding.UTF8, "application/yaml");
}

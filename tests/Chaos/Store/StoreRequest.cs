namespace SparsePipeline.Chaos.Store;

/// <summary>A request to the object store as the proxy sees it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Key">Object key without the bucket; empty for requests about the bucket.</param>
/// <param name="Query">Query string with its question mark, or empty.</param>
/// <param name="Document">The body of a write of one of the small documents of a step; empty for anything else.</param>
internal sealed record StoreRequest(string Method, string Key, string Query, ReadOnlyMemory<byte> Document = default)
{
    /// <summary>The step a document belongs to, or null.</summary>
    public string? StepKey => Key.Split('/') is ["steps", var step, _] ? step : null;

    /// <summary>A write of <c>steps/{key}/{document}</c>.</summary>
    public bool Puts(string document) =>
        Method == "PUT" && Key.StartsWith("steps/", StringComparison.Ordinal) && Key.EndsWith("/" + document, StringComparison.Ordinal);

    /// <summary>Reads a raw request target such as <c>/bucket/steps/ab/claim.json?x=y</c>.</summary>
    public static StoreRequest Of(string method, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        var bucket = path.TrimStart('/').IndexOf('/', StringComparison.Ordinal);
        var key = bucket < 0 ? "" : Uri.UnescapeDataString(path.TrimStart('/')[(bucket + 1)..]);
        return new StoreRequest(method, key, query < 0 ? "" : target[query..]);
    }
}

using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>A way in which an object store, or the network before it, misbehaves.</summary>
internal interface IMischief
{
    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="upstream">The store.</param>
    /// <param name="harm">Called before the client notices; not called when this request gave no occasion and is passed on.</param>
    Task HandleAsync(HttpContext context, Upstream upstream, Action harm);
}

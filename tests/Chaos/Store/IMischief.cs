using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>A way in which an object store, or the network before it, misbehaves.</summary>
internal interface IMischief
{
    /// <summary>Handles the request; true when it did harm, false when this request gave no occasion and was passed on.</summary>
    Task<bool> HandleAsync(HttpContext context, Upstream upstream);
}

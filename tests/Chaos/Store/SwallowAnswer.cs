using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>
/// The store does as it is asked and the answer gets lost: a conditional create that is tried again meets its own object.
/// </summary>
internal sealed class SwallowAnswer : IMischief
{
    public async Task<bool> HandleAsync(HttpContext context, Upstream upstream)
    {
        using var response = await upstream.SendAsync(context);
        await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        context.Abort();
        return true;
    }
}

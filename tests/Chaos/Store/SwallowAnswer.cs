using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>
/// The store does as it is asked and the answer gets lost: a conditional create that is tried again meets its own object.
/// </summary>
internal sealed class SwallowAnswer : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        using var response = await upstream.SendAsync(context);
        await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        harm();
        context.Abort();
    }
}

using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>A partition: requests are taken and never answered.</summary>
internal sealed class Hang : IMischief
{
    public async Task<bool> HandleAsync(HttpContext context, Upstream upstream)
    {
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }
}

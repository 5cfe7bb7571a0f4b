using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>A partition: requests are taken and never answered.</summary>
internal sealed class Hang : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        harm();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

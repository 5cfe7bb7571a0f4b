using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>No mischief.</summary>
internal sealed class PassOn : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        using var response = await upstream.SendAsync(context);
        await Upstream.AnswerAsync(context, response);
    }
}

using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>No mischief.</summary>
internal sealed class PassOn : IMischief
{
    public async Task<bool> HandleAsync(HttpContext context, Upstream upstream)
    {
        using var response = await upstream.SendAsync(context);
        await Upstream.AnswerAsync(context, response);
        return false;
    }
}

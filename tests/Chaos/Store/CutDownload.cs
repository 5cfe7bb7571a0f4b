using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>Breaks the connection in the middle of an answer.</summary>
internal sealed class CutDownload(long afterBytes) : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        using var response = await upstream.SendAsync(context);
        var cut = context.Request.Method == HttpMethods.Get && response.Content.Headers.ContentLength > afterBytes;
        if (cut)
            await CutAsync(context, response, harm);
        else
            await Upstream.AnswerAsync(context, response);
    }

    private async Task CutAsync(HttpContext context, HttpResponseMessage response, Action harm)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        harm();
        var buffer = new byte[afterBytes];
        await body.ReadExactlyAsync(buffer, context.RequestAborted);
        await context.Response.Body.WriteAsync(buffer, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}

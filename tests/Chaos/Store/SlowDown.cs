using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>A slow link: every request waits, and bodies trickle in both directions.</summary>
internal sealed class SlowDown(TimeSpan latency, int bytesPerSecond) : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        harm();
        await Task.Delay(latency, context.RequestAborted);
        using var response = await upstream.SendAsync(context, Trickle);
        await Upstream.AnswerAsync(context, response, Trickle);
    }

    private MeteredStream Trickle(Stream body)
    {
        var before = 0L;
        return new MeteredStream(body, async (bytes, token) =>
        {
            var wait = TimeSpan.FromSeconds((double)(bytes - before) / bytesPerSecond);
            before = bytes;
            await Task.Delay(wait, token);
        });
    }
}

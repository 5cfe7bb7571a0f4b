using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>Breaks both connections in the middle of an upload: the store has got a part of it.</summary>
internal sealed class CutUpload(long afterBytes) : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        var cut = false;
        Task Meter(long bytes, CancellationToken token)
        {
            if (bytes <= afterBytes)
                return Task.CompletedTask;
            cut = true;
            harm();
            throw new IOException($"The upload was cut after {bytes} bytes.");
        }

        try
        {
            using var response = await upstream.SendAsync(context, body => new MeteredStream(body, Meter));
            await Upstream.AnswerAsync(context, response);
        }
        catch (Exception) when (cut)
        {
            context.Abort();
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>Breaks both connections in the middle of an upload: the store has got a part of it.</summary>
internal sealed class CutUpload(long afterBytes) : IMischief
{
    public async Task<bool> HandleAsync(HttpContext context, Upstream upstream)
    {
        var cut = false;
        Task Meter(long bytes, CancellationToken token)
        {
            if (bytes <= afterBytes)
                return Task.CompletedTask;
            cut = true;
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
        return cut;
    }
}

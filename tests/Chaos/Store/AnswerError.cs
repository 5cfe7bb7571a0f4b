using Microsoft.AspNetCore.Http;

namespace SparsePipeline.Chaos.Store;

/// <summary>Answers 500 or 503 as S3 does; the request never reaches the store.</summary>
internal sealed class AnswerError(int status) : IMischief
{
    public async Task HandleAsync(HttpContext context, Upstream upstream, Action harm)
    {
        harm();
        var code = status == StatusCodes.Status503ServiceUnavailable ? "SlowDown" : "InternalError";
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>Please try again.</Message></Error>", context.RequestAborted);
    }
}

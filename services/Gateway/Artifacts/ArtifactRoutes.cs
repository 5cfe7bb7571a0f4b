using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Artifacts;

/// <summary><c>/v1/artifacts</c>: what is stored under a digest.</summary>
internal sealed class ArtifactRoutes(IArtifactStore artifacts) : IRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/artifacts/{digest}", (Delegate)ReadAsync).Allow(AllowedRoles.Viewers).WithSummary("Whether a blob is stored, and how long it is.").Produces<ArtifactAnswer>();
        routes.MapGet("/artifacts/{digest}/content", (Delegate)DownloadAsync).Allow(AllowedRoles.Viewers)
            .WithSummary("Its bytes; takes Range.").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private async Task<IResult> ReadAsync(HttpContext context, string digest) => Answers.Ok(new ArtifactAnswer(digest, await SizeAsync(context, digest)));

    private async Task<IResult> DownloadAsync(HttpContext context, string digest)
    {
        var size = await SizeAsync(context, digest);
        var path = await artifacts.FetchAsync(new ArtifactRef(digest, size, ""), context.RequestAborted);
        return Results.File(path, "application/octet-stream", enableRangeProcessing: true);
    }

    private async Task<long> SizeAsync(HttpContext context, string digest)
    {
        if (digest.Length != 64 || digest.AsSpan().ContainsAnyExcept("0123456789abcdef"))
            throw RefusedRequestException.Of(
                StatusCodes.Status400BadRequest, "invalid-digest", "The digest in the address is none.", "Give the 64 lower-case hexadecimal digits of a SHA-256.");
        return await artifacts.SizeAsync(digest, context.RequestAborted) ?? throw RefusedRequestException.NotFound($"artifact {digest}");
    }
}

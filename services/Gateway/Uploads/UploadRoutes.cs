using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Uploads;

/// <summary><c>/v1/uploads</c>: announce a file, send it, and get its reference.</summary>
internal sealed class UploadRoutes(UploadStore uploads, ReceivedFile received, IArtifactStore artifacts, EventSignals signals, IOptions<GatewayOptions> options, TimeProvider time) : IRoutes
{
    private static readonly string[] Formats = [ArtifactFormats.Safetensors, ArtifactFormats.TorchScript];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/uploads", (Delegate)OpenAsync).Allow(AllowedRoles.Uploaders).WithSummary("Announce a file; answers where to send it, or the file when it is there.")
            .Accepts<UploadRequest>("application/json").Produces<UploadAnswer>(StatusCodes.Status201Created).Produces<UploadAnswer>();
        routes.MapPut("/uploads/{uploadId}/content", (Delegate)ReceiveAsync).WithSummary("Send the bytes to the address that was answered; no key is needed.")
            .Vouched(Vouching.ByEndpoint).Accepts<byte[]>("application/octet-stream").Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/uploads/{uploadId}/complete", (Delegate)CompleteAsync).Allow(AllowedRoles.Uploaders)
            .WithSummary("The reference of a file that was sent.").Produces<ArtifactRef>();
    }

    private async Task<IResult> OpenAsync(HttpContext context)
    {
        var body = new FieldReader(await RequestBody.ReadObjectAsync(context));
        var digest = body.Digest("sha256", required: true);
        var size = body.Whole("sizeBytes", least: 1, options.Value.UploadBytes, required: true);
        var format = body.Word("format", Formats, required: true);
        var name = body.Text("name", most: 256);
        body.Done();
        var key = Caller.Of(context);
        if (format == ArtifactFormats.TorchScript && !AllowedRoles.Operators.Contains(key.Role))
            throw RefusedRequestException.Of(
                StatusCodes.Status403Forbidden, "role", "A TorchScript file is code, which runners execute.", "Use a key of role operator.", "format");
        var artifact = new ArtifactRef(digest!, size!.Value, format!);
        if (await artifacts.SizeAsync(artifact.Digest, context.RequestAborted) == artifact.SizeBytes)
            return Answers.Ok(new UploadAnswer { Artifact = artifact });
        var upload = await uploads.OpenAsync(key.KeyId, artifact, name, context.RequestAborted);
        return Answers.Created(AnswerOf(context, upload));
    }

    private async Task<IResult> ReceiveAsync(HttpContext context, string uploadId)
    {
        var upload = await uploads.FindAsync(uploadId, context.RequestAborted);
        if (upload is null || !UploadAddress.IsOf(upload, context.Request.Query["permission"].ToString(), out var until))
            throw RefusedRequestException.NotFound("such upload", "POST /v1/uploads answers the address.");
        if (until <= time.GetUtcNow() || uploads.IsExpired(upload))
            throw Expired();
        if (context.Request.ContentLength > upload.Artifact.SizeBytes)
            throw RequestBody.TooLarge(upload.Artifact.SizeBytes);
        // Their number is bounded by what was announced.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        await received.StoreAsync(upload.Artifact, context.Request.Body, context.RequestAborted);
        await uploads.ReceivedAsync(upload, CancellationToken.None);
        signals.SweepSoon();
        return Results.NoContent();
    }

    private async Task<IResult> CompleteAsync(HttpContext context, string uploadId)
    {
        if (await uploads.FindAsync(uploadId, context.RequestAborted) is not { } upload || upload.KeyId != Caller.Of(context).KeyId)
            throw RefusedRequestException.NotFound("such upload");
        // The blob is the proof, also where a crash kept the document from saying so.
        if (await artifacts.SizeAsync(upload.Artifact.Digest, context.RequestAborted) == upload.Artifact.SizeBytes)
        {
            await uploads.ReceivedAsync(upload, CancellationToken.None);
            signals.SweepSoon();
            return Answers.Ok(upload.Artifact);
        }
        throw uploads.IsExpired(upload) ? Expired() : RefusedRequestException.Of(
            StatusCodes.Status409Conflict, "not-uploaded", "Nothing was received for this upload yet.", "PUT the bytes to its address first.");
    }

    private UploadAnswer AnswerOf(HttpContext context, Upload upload)
    {
        var until = time.GetUtcNow() + UploadAddress.Life;
        until = until < upload.ExpiresAt ? until : upload.ExpiresAt;
        var origin = options.Value.PublicUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return new UploadAnswer
        {
            UploadId = upload.UploadId,
            Url = $"{origin}/v1/uploads/{upload.UploadId}/content?permission={UploadAddress.Sign(upload, until)}",
            Method = "PUT",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/octet-stream" },
            ExpiresAt = until,
        };
    }

    private static RefusedRequestException Expired() => RefusedRequestException.Of(
        StatusCodes.Status410Gone, "upload-expired", "The upload, or this address of it, has expired.", "POST /v1/uploads again.");
}

using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Adoption;

/// <summary><c>POST /v1/artifacts</c>: take an object of another bucket into the store.</summary>
internal sealed class AdoptionRoutes(AdoptionStore adoptions, Adopter adopter) : IRoutes
{
    private const int MostVersion = 1024;
    private static readonly string[] Formats = [ArtifactFormats.Safetensors, ArtifactFormats.TorchScript];
    private static readonly IReadOnlyList<string> Readers = [.. AllowedRoles.Viewers.Union(AllowedRoles.Publishers)];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/artifacts", (Delegate)AdoptAsync).Allow(AllowedRoles.Publishers).WithSummary("Take an object of a bucket that is read into the store; it is fetched, hashed and verified.")
            .Accepts<AdoptionRequest>("application/json").Produces<AdoptionState>(StatusCodes.Status202Accepted);
        routes.MapGet("/artifacts/adoptions/{adoptionId}", (Delegate)ReadAsync).Allow(Readers)
            .WithSummary("How far that has come; publishers see their own.").Produces<AdoptionState>();
    }

    private async Task<IResult> AdoptAsync(HttpContext context)
    {
        var body = new FieldReader(await RequestBody.ReadObjectAsync(context));
        var source = SourceIn(body, "uri", required: true);
        var (format, versionId, digest) = (body.Word("format", Formats, required: true), body.Text("versionId", MostVersion), body.Digest("sha256"));
        body.Done();
        var key = Caller.Of(context);
        if (format == ArtifactFormats.TorchScript && !AllowedRoles.Operators.Contains(key.Role))
            throw RefusedRequestException.Of(StatusCodes.Status403Forbidden, "role", "A TorchScript file is code, which runners execute.", "Use a key of role operator.", "format");
        try
        {
            adopter.EnsureAllowed(source!);
        }
        catch (DomainException refused)
        {
            throw RefusedRequestException.Of(StatusCodes.Status403Forbidden, refused.Failure.Code, refused.Failure.Reason, refused.Failure.Remedy, "uri");
        }
        var request = new AdoptionRequest(source!.ToString(), format!, versionId, digest);
        // Without version and digest the object may be another than it was.
        var adoption = await adoptions.OpenAsync(key.KeyId, key.KeyId, request, isAgain: versionId is null && digest is null, context.RequestAborted);
        return Answers.Accepted(adoption);
    }

    private async Task<IResult> ReadAsync(HttpContext context, string adoptionId) =>
        await adoptions.FindAsync(adoptionId, context.RequestAborted) is var (found, _) && (Caller.Of(context) is var key && (key.Role != AccessRoles.Publisher || key.KeyId == found.KeyId))
            ? Answers.Ok(found)
            : throw RefusedRequestException.NotFound("such adoption");

    /// <summary>The address of an object in a field; null when it is not given or wrong.</summary>
    public static SourceAddress? SourceIn(FieldReader body, string field, bool required = false)
    {
        if (body.Text(field, SourceAddress.MostCharacters, required) is not { } text)
            return null;
        if (SourceAddress.Parse(text) is { } source)
            return source;
        body.Wrong(field, $"'{text}'", "Write s3://bucket/key, or s3://bucket/folder/ for the one safetensors file in it.");
        return null;
    }
}

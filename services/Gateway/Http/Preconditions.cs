namespace SparsePipeline.Gateway.Http;

/// <summary>What a change is made of: nothing, or a version that was read.</summary>
internal static class Preconditions
{
    /// <summary>The version that is to be replaced; null when there must be none.</summary>
    /// <exception cref="RefusedRequestException">428: neither was said.</exception>
    public static string? VersionOf(HttpContext context)
    {
        if (context.Request.Headers.IfNoneMatch.ToString().Trim() == "*")
            return null;
        return context.Request.Headers.IfMatch.ToString().Trim() is { Length: > 2 } version
            ? version.Trim('"')
            : throw RefusedRequestException.Of(
                StatusCodes.Status428PreconditionRequired, "precondition-required", "The request does not say what it is to replace.",
                "Give If-None-Match: * for a new one, or If-Match with the ETag that was read.");
    }

    /// <summary>412.</summary>
    public static RefusedRequestException Lost() => RefusedRequestException.Of(
        StatusCodes.Status412PreconditionFailed, "precondition-failed", "Somebody else was faster: it is not what the request says it is.", "Read it again, and change that.");
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Http;

/// <summary>Answers as JSON.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value) => Results.Json(value, AnswerJson.Options);

    public static IResult Created<T>(T value) => Results.Json(value, AnswerJson.Options, statusCode: StatusCodes.Status201Created);

    public static IResult Accepted<T>(T value) => Results.Json(value, AnswerJson.Options, statusCode: StatusCodes.Status202Accepted);

    /// <summary>A resource and the version it has, which a later change must name.</summary>
    public static IResult Versioned<T>(HttpContext context, T value, string version, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = $"\"{version.Trim('"')}\"";
        return Results.Json(value, AnswerJson.Options, statusCode: status);
    }
}

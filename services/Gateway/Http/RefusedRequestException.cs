using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Http;

/// <summary>A request that is answered with an error.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="errors">At least one.</param>
internal sealed class RefusedRequestException(int status, params IReadOnlyList<ProblemError> errors) : Exception(errors[0].Reason)
{
    public int Status => status;

    public IReadOnlyList<ProblemError> Errors => errors;

    /// <summary>When to try again; null when that would change nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A request with one error.</summary>
    public static RefusedRequestException Of(int status, string code, string reason, string remedy, string? field = null) =>
        new(status, new ProblemError(code, reason, remedy, field));

    /// <summary>404.</summary>
    public static RefusedRequestException NotFound(string what, string remedy = "Check the address; lists say what there is.") =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no {what}.", remedy);
}

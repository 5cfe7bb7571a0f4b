using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Gateway.Http;

/// <summary>Turns whatever goes wrong in a request into an answer that names what to do.</summary>
internal sealed class ProblemAnswers(ILogger<ProblemAnswers> log)
{
    private const string ContentType = "application/problem+json";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
                await WriteAsync(context, Unanswered(context.Response.StatusCode, context.Request));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var refused = Refusal(exception);
            if (refused.Status == StatusCodes.Status500InternalServerError)
                log.RequestFailed(context.Request.Method, ShownPath.Of(context), exception);
            await WriteAsync(context, refused);
        }
    }

    /// <summary>The errors of a recipe, with their lines.</summary>
    public static RefusedRequestException Invalid(IReadOnlyList<RecipeError> errors) => new(
        StatusCodes.Status422UnprocessableEntity,
        [.. errors.Select(e => new ProblemError(e.Code, e.Reason, e.Remedy, e.Field.Length == 0 ? null : e.Field, e.Line))]);

    internal static RefusedRequestException Refusal(Exception exception) => exception switch
    {
        RefusedRequestException refused => refused,
        DomainException refused => new(StatusCodes.Status422UnprocessableEntity, ErrorOf(refused.Failure)),
        RefusedRunException refused => new(StatusCodes.Status422UnprocessableEntity, [.. refused.Problems.Select(ErrorOf)]),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestBody.TooLarge(),
        BadHttpRequestException bad => RefusedRequestException.Of(bad.StatusCode, "bad-request", "The request is no HTTP that can be read.", "Correct it."),
        StoreUnavailableException away => new(
            StatusCodes.Status503ServiceUnavailable, new ProblemError("store-unavailable", away.Message, "Try again later; nothing was kept in memory."))
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        },
        BrokerUnavailableException away => new(StatusCodes.Status503ServiceUnavailable, new ProblemError("bus-unavailable", away.Reason, away.Remedy)) { RetryAfter = TimeSpan.FromSeconds(5) },
        _ => RefusedRequestException.Of(
            StatusCodes.Status500InternalServerError, "defect", "The gateway could not answer because of a defect of its own.", "Report it with the trace id; the log has the details."),
    };

    private static RefusedRequestException Unanswered(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status404NotFound => RefusedRequestException.NotFound($"resource {request.Path}", "/openapi/v1.json lists all."),
        StatusCodes.Status405MethodNotAllowed => RefusedRequestException.Of(
            status, "method-not-allowed", $"{request.Method} is not possible here.", "The header Allow says what is."),
        _ => RefusedRequestException.Of(status, "bad-request", $"{ReasonPhrases.GetReasonPhrase(status)}.", "Correct the request; /openapi/v1.json describes it."),
    };

    private static ProblemError ErrorOf(StepFailure failure) => new(failure.Code, failure.Reason, failure.Remedy);

    private static Task WriteAsync(HttpContext context, RefusedRequestException refused)
    {
        context.Response.StatusCode = refused.Status;
        if (refused.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var problem = new Problem
        {
            Type = $"urn:sparsepipeline:problem:{refused.Errors[0].Code}",
            Title = ReasonPhrases.GetReasonPhrase(refused.Status),
            Status = refused.Status,
            TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            Errors = refused.Errors,
        };
        return context.Response.WriteAsJsonAsync(problem, ContractJson.Options, ContentType, CancellationToken.None);
    }
}

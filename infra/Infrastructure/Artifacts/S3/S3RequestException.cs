using System.Net;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>A request that did not succeed, whichever part of the client noticed it; never leaves this folder.</summary>
/// <param name="status">The answer's status; null when there was no whole answer.</param>
/// <param name="code">The server's word for it, such as <c>NoSuchKey</c>.</param>
/// <param name="message">What was tried and what happened.</param>
/// <param name="inner">The error of the network, when that was the cause.</param>
internal sealed class S3RequestException(HttpStatusCode? status, string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public const string NoSuchKey = "NoSuchKey";
    public const string NoSuchBucket = "NoSuchBucket";
    public const string RequestTimeTooSkewed = "RequestTimeTooSkewed";
    public const string ConditionalRequestConflict = "ConditionalRequestConflict";

    public HttpStatusCode? Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Another try may help; whether this one had an effect is unknown.</summary>
    public bool IsTransient { get; } = code == ConditionalRequestConflict
        || status is null or >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || code is "RequestTimeout" or "SlowDown" or "IncompleteBody";

    /// <summary>The object is not there, though its bucket is.</summary>
    public bool IsMissing { get; } = status == HttpStatusCode.NotFound && code != NoSuchBucket;

    /// <summary>The condition of a write did not hold.</summary>
    public bool IsRefused { get; } = status == HttpStatusCode.PreconditionFailed;
}

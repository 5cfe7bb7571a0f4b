using System.Net;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>The gateway refused a request. All its reasons are there at once.</summary>
public sealed class GatewayException : Exception
{
    /// <summary>An answer that is an error.</summary>
    public GatewayException(Problem problem)
        : base(string.Join(" ", problem.Errors.Select(e => $"{e.Reason} {e.Remedy}")))
    {
        Status = (HttpStatusCode)problem.Status;
        Errors = problem.Errors;
        TraceId = problem.TraceId;
    }

    /// <summary>The answer's status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What is wrong, with field and remedy; at least one.</summary>
    public IReadOnlyList<ProblemError> Errors { get; }

    /// <summary>What to look for in the gateway's logs and traces.</summary>
    public string TraceId { get; }
}

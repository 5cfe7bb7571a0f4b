using SparsePipeline.Gateway.Access;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Http;

/// <summary><c>/health/live</c> and <c>/health/ready</c>: whether this process answers, and whether it can reach its store.</summary>
internal sealed class HealthRoutes(IObjectStore store, TimeProvider time) : IRootRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // There is no such document; a store that can say so is there, and lets us in.
    private const string Probe = "health.json";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Answers.Ok(new { Status = "live" })).WithSummary("Whether the process answers.").Vouched(Vouching.Probe);
        routes.MapGet("/health/ready", (Delegate)ReadyAsync).WithSummary("Whether it can work; 503 says why not.").Vouched(Vouching.Probe).Produces(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<IResult> ReadyAsync(HttpContext context)
    {
        try
        {
            await store.ReadAsync(Probe, context.RequestAborted).WaitAsync(Patience, time, context.RequestAborted);
            return Answers.Ok(new { Status = "ready" });
        }
        catch (TimeoutException)
        {
            throw RefusedRequestException.Of(
                StatusCodes.Status503ServiceUnavailable, "store-unavailable", $"The store did not answer within {Patience.TotalSeconds:0} s.", "Check it and the network; work goes on by itself then.");
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SparsePipeline.ServiceHost.Health;

namespace SparsePipeline.ServiceHost.Http;

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthRoutes
{
    /// <summary>
    /// Live says that this process answers and asks nobody else: starting it again would not bring a broker back. Ready says whether it can
    /// work now, and if not, what is wrong and what to do.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes, string service, HealthCheckService health, ReadinessLog log)
    {
        routes.MapGet("/health/live", context => context.Response.WriteAsJsonAsync(new { status = "live", service }));
        routes.MapGet("/health/ready", context => WriteAsync(context, service, health, log));
    }

    private static async Task WriteAsync(HttpContext context, string service, HealthCheckService health, ReadinessLog log)
    {
        var report = await health.CheckHealthAsync(check => check.Tags.Contains(ReadinessRegistration.Tag), context.RequestAborted);
        log.Note(report);
        var ready = report.Status == HealthStatus.Healthy;
        context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status == HealthStatus.Healthy ? "ready" : e.Value.Description);
        await context.Response.WriteAsJsonAsync(new { status = ready ? "ready" : "not ready", service, checks }, context.RequestAborted);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.ServiceHost.Http;

/// <summary>The port operators and their tools look at.</summary>
internal static class HttpRegistration
{
    /// <summary>Adds the port and the metrics behind it unless <see cref="HostingOptions.HttpPort"/> is 0.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration, string service)
    {
        // Read as text: a port that is no number is told with all other problems.
        if (configuration[$"{HostingOptions.Section}:{nameof(HostingOptions.HttpPort)}"] is null or "" or "0")
            return services;
        services.AddSparsePipelineMetrics(configuration, service).WithMetrics(metrics => metrics.AddPrometheusExporter());
        return services.AddHostedService(provider => ActivatorUtilities.CreateInstance<HttpServer>(provider, service));
    }
}

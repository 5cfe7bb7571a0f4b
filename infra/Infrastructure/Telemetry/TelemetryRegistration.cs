using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Traces and metrics over OTLP, set up by the standard <c>OTEL_*</c> variables alone.</summary>
public static class TelemetryRegistration
{
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Whether an operator named a collector.</summary>
    public static bool IsConfigured(IConfiguration configuration) => Endpoints.Any(name => !string.IsNullOrEmpty(configuration[name]));

    /// <summary>Exports when a collector is named; otherwise nothing is even sampled.</summary>
    public static IServiceCollection AddSparsePipelineTelemetry(this IServiceCollection services, IConfiguration configuration, string service)
    {
        if (!IsConfigured(configuration))
            return services;
        services.AddSparsePipelineMetrics(configuration, service)
            .WithTracing(tracing => Sample(tracing.AddSource(TelemetryNames.All, TelemetryNames.Bus), configuration))
            .UseOtlpExporter();
        return services;
    }

    /// <summary>Collects metrics, for whoever exports them.</summary>
    public static OpenTelemetryBuilder AddSparsePipelineMetrics(this IServiceCollection services, IConfiguration configuration, string service) =>
        services.AddOpenTelemetry()
            .ConfigureResource(resource => AddName(resource, configuration, service))
            .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.All, TelemetryNames.Bus, TelemetryNames.Runtime));

    private static void Sample(TracerProviderBuilder tracing, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_TRACES_SAMPLER"]))
            tracing.SetSampler(new ParentBasedSampler(new RunSampler()));
    }

    private static void AddName(ResourceBuilder resource, IConfiguration configuration, string service)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
            resource.AddService("sparsepipeline-" + service);
    }
}

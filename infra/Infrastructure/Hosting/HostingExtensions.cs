using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>What every service of the pipeline is made of.</summary>
public static class HostingExtensions
{
    /// <summary>Environment variables with this prefix set options: <c>SPARSEPIPELINE_Store__Folder=/data</c>.</summary>
    public const string EnvironmentPrefix = "SPARSEPIPELINE_";

    /// <summary>
    /// Settings, validated options, stores, log, telemetry and an orderly stop. Later sources win: <c>{service}.settings.json</c> beside the
    /// program, environment variables, command line.
    /// </summary>
    /// <param name="builder">The host to be.</param>
    /// <param name="service">Lower-case name: settings file, log property and telemetry resource.</param>
    /// <param name="args">Command line, <c>--Store:Folder=/data</c>.</param>
    public static TBuilder AddSparsePipelineDefaults<TBuilder>(this TBuilder builder, string service, string[]? args = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, service + ".settings.json"), optional: true)
            .AddEnvironmentVariables(EnvironmentPrefix)
            .AddOpenTelemetryVariables()
            .AddCommandLine(args ?? []);
        builder.Services
            .AddSparsePipelineOptions(builder.Configuration)
            .AddSparsePipelineLogging(builder.Configuration, service)
            .AddSparsePipelineTelemetry(builder.Configuration, service)
            .AddSingleton<DiskPatience>()
            .AddStores()
            .AddOptions<HostOptions>().Configure<IOptions<HostingOptions>>(LimitShutdown);
        return builder;
    }

    /// <summary>The standard <c>OTEL_*</c> variables: they lack our prefix, and the exporter reads them from the configuration.</summary>
    public static IConfigurationBuilder AddOpenTelemetryVariables(this IConfigurationBuilder configuration) => configuration.AddInMemoryCollection(
        from variable in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        let name = (string)variable.Key
        where name.StartsWith("OTEL_", StringComparison.Ordinal)
        select new KeyValuePair<string, string?>(name, (string?)variable.Value));

    private static void LimitShutdown(HostOptions host, IOptions<HostingOptions> options) =>
        host.ShutdownTimeout = TimeSpan.FromSeconds(options.Value.ShutdownSeconds);
}

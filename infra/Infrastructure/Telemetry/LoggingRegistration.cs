using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Serilog.Filters;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Serilog to the console and, when <see cref="SeqOptions.Url"/> is set, to Seq.</summary>
internal static class LoggingRegistration
{
    private const string Terminal = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const string Collected = "{Timestamp:O} {Level:u3} {SourceContext} {Message:lj} {Properties:j}{NewLine}{Exception}";

    /// <summary>The section <c>Serilog</c> sets levels and may add sinks.</summary>
    public static IServiceCollection AddSparsePipelineLogging(this IServiceCollection services, IConfiguration configuration, string service) =>
        services.AddSerilog((provider, logger) =>
            Configure(logger, configuration, service, provider.GetRequiredService<IOptions<SeqOptions>>().Value));

    private static void Configure(LoggerConfiguration logger, IConfiguration configuration, string service, SeqOptions seq)
    {
        logger.MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Says at every poll what is not ready; Readiness says it once.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            // Says with a stack trace per queue and attempt that the broker is away; BrokerWatch says it once.
            .MinimumLevel.Override("MassTransit", LogEventLevel.Error)
            .MinimumLevel.Override("MassTransit.ReceiveTransport", LogEventLevel.Warning)
            // With a stack trace, what the service is about to say in a sentence.
            .Filter.ByExcluding(line => line.Exception is DomainException && Matching.FromSource("Microsoft.Extensions.Hosting")(line))
            // At every try, with a stack trace; that the store is away is said when it begins.
            .Filter.ByExcluding(line => line.Exception is StoreUnavailableException && Matching.FromSource("MassTransit")(line))
            .Enrich.FromLogContext()
            .Enrich.WithProperty("Service", service)
            // Standard output belongs to results: `--json` must stay clean.
            .WriteTo.Console(
                standardErrorFromLevel: LogEventLevel.Verbose, outputTemplate: Console.IsErrorRedirected ? Collected : Terminal)
            .ReadFrom.Configuration(configuration);
        if (!string.IsNullOrEmpty(seq.Url))
            logger.WriteTo.Seq(seq.Url, apiKey: seq.ReadApiKey());
    }
}

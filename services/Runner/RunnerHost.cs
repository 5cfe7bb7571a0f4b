using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Runner;

/// <summary>A runner process: settings from the environment and the command line, jobs from its caller.</summary>
internal static class RunnerHost
{
    /// <summary>Serves the parent until it goes away.</summary>
    /// <param name="args">Command line, <c>--Store:Folder=/data</c>.</param>
    /// <param name="addJobs">Registers <see cref="IRunnerJob"/>s.</param>
    /// <param name="tune">Sets native libraries up for a number of threads and a device, before their first use.</param>
    public static void Run(string[] args, Action<IServiceCollection> addJobs, Action<int, string> tune)
    {
        using var streams = ProtocolStreams.Take();
        var signals = ParentSignals.Ignore();
        var settings = new ConfigurationBuilder().AddEnvironmentVariables(HostingExtensions.EnvironmentPrefix).AddOpenTelemetryVariables()
            .AddCommandLine(args).Build();
        tune(
            settings.GetValue($"{RunnerOptions.Section}:{nameof(RunnerOptions.Threads)}", defaultValue: 1),
            settings.GetValue($"{RunnerOptions.Section}:{nameof(RunnerOptions.Device)}", defaultValue: new RunnerOptions().Device));
        using var services = Build(settings, addJobs);
        JobTelemetry.Start(services);
        new CommandLoop(services.GetRequiredService<JobTable>(), streams.Commands, new EventWriter(streams.Events)).Run();
        GC.KeepAlive(signals);
    }

    private static ServiceProvider Build(IConfiguration settings, Action<IServiceCollection> addJobs)
    {
        var services = new ServiceCollection().AddSparsePipelineOptions(settings).AddStores().AddSingleton<JobTable>()
            .AddSingleton(settings).AddSparsePipelineTelemetry(settings, "runner");
        addJobs(services);
        return services.BuildServiceProvider();
    }
}

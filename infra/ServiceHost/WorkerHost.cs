using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.ServiceHost.Health;
using SparsePipeline.ServiceHost.Http;

namespace SparsePipeline.ServiceHost;

/// <summary>A service in a process of its own, whole.</summary>
public static class WorkerHost
{
    /// <summary>Runs the service until it is told to stop; returns one of <see cref="ExitCodes"/>.</summary>
    /// <param name="name">Lower-case name of the service.</param>
    /// <param name="args">Command line: <c>--help</c>, or settings such as <c>--Runners:Count=2</c>.</param>
    /// <param name="configure">Adds the workers; stores, bus, telemetry and health are added here.</param>
    /// <param name="sweeps">Whether it takes its turn at sweeping the active runs, which needs the rights of a worker.</param>
    public static Task<int> RunAsync(string name, string[] args, Action<IServiceCollection, IConfiguration> configure, bool sweeps = true) =>
        StopSignals.RunAsync(told => RunAsync(name, args, configure, told, sweeps));

    internal static async Task<int> RunAsync(
        string name, string[] args, Action<IServiceCollection, IConfiguration> configure, CancellationToken told, bool sweeps = true)
    {
        try
        {
            while (true)
            {
                var builder = CreateBuilder(name, args, configure, sweeps);
                if (args is ["--help" or "-h"])
                    return ServiceHelp.Write(Console.Out, name, builder.Services);
                if (SettingsReview.Problems(builder.Services, builder.Configuration) is { Count: > 0 } problems)
                    return Refuse(name, problems);
                if (!await RunAsync(name, builder.Build(), told) || told.IsCancellationRequested)
                    return ExitCodes.Stopped;
            }
        }
        catch (Exception exception) when (WrongSettings(exception) is { } reasons)
        {
            return Refuse(name, reasons);
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"The {name} stopped because of an error: {exception}");
            return ExitCodes.Fault;
        }
    }

    internal static HostApplicationBuilder CreateBuilder(string name, string[] args, Action<IServiceCollection, IConfiguration> configure, bool sweeps = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults(name, args);
        builder.Services.AddSingleton<IValidateOptions<BusOptions>>(new SharedBusValidator(name));
        builder.Services.AddHttp(builder.Configuration, name);
        configure(builder.Services, builder.Configuration);
        // Before the bus: nothing is to be taken from a queue that could not be worked on.
        builder.Services.AddStoreTrial();
        builder.Services.AddBus(builder.Configuration);
        builder.Services.AddClockGate();
        builder.Services.AddConsumerWatch();
        // After the bus: a sweep ends in messages.
        if (sweeps)
            builder.Services.AddRunSweeper(builder.Configuration);
        builder.Services.AddReadiness();
        return builder;
    }

    // True when the service is to be built anew.
    private static async Task<bool> RunAsync(string name, IHost host, CancellationToken told)
    {
        // Taken now: the host is disposed when it has run.
        var consumers = host.Services.GetRequiredService<ConsumerWatch>();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var (started, stopping) = (lifetime.ApplicationStarted, lifetime.ApplicationStopping);
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WorkerHost));
        started.Register(() => log.Ready(name, typeof(WorkerHost).Assembly.GetName().Version!.ToString(fieldCount: 3)));
        stopping.Register(() => log.Stopping(name));
        using var stop = told.Register(lifetime.StopApplication);
        try
        {
            await RunAsync(host, stopping);
        }
        catch (BusStuckException)
        {
            // Asked first: to end the host tells it to stop. It ends within a limit, and stopped as well: health would keep its port from the
            // host that follows.
            var unwanted = stopping.IsCancellationRequested;
            await host.EndAsync();
            return !unwanted;
        }
        catch (Exception) when (stopping.IsCancellationRequested && !started.IsCancellationRequested)
        {
            // Told to stop while it waited for its broker: whatever the half-started bus says to that is of no interest.
        }
        return consumers.HasGivenUp;
    }

    private static async Task RunAsync(IHost host, CancellationToken stopping)
    {
        var limit = host.StopLimit();
        var running = RunToTheEndAsync(host);
        await Task.WhenAny(running, Task.Delay(Timeout.InfiniteTimeSpan, stopping));
        try
        {
            await running.WaitAsync(limit);
        }
        catch (TimeoutException exception) when (!running.IsCompleted)
        {
            throw new TimeoutException(
                $"It did not stop within {limit.TotalSeconds:0} s; others take its steps over when its leases have run out.", exception);
        }
    }

    // A host whose bus is stuck is left to the caller: to dispose of it may take for ever.
    private static async Task RunToTheEndAsync(IHost host)
    {
        try
        {
            await host.StartAsync();
            await host.WaitForShutdownAsync();
        }
        catch (Exception exception) when (exception is not BusStuckException)
        {
            await ((IAsyncDisposable)host).DisposeAsync();
            throw;
        }
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private static int Refuse(string name, IReadOnlyList<string> problems)
    {
        Console.Error.WriteLine($"The {name} was not started because of its settings (docs/configuration.md lists them):");
        foreach (var problem in problems)
            Console.Error.WriteLine("  " + problem);
        return ExitCodes.Configuration;
    }

    private static IReadOnlyList<string>? WrongSettings(Exception exception) => exception switch
    {
        DomainException { Failure.Code: FailureCodes.InvalidOption } wrong => [$"{wrong.Failure.Reason} {wrong.Failure.Remedy}"],
        OptionsValidationException wrong => [.. wrong.Failures],
        InvalidDataException or FormatException => [exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message],
        _ => RefusedLogin.Find(exception) is { } refused ? [refused] : null,
    };
}

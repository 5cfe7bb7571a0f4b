using System.Diagnostics;
using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Trainer;

namespace SparsePipeline.Benchmarks;

/// <summary>The real trainer on a real bus and a folder store, but for the training itself.</summary>
internal sealed class MeasuredBus : IAsyncDisposable
{
    private const int Publishers = 64;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);
    private readonly IHost _host;
    private readonly DirectoryInfo _folder;
    private long _seed;

    private MeasuredBus(IHost host, DirectoryInfo folder) => (_host, _folder) = (host, folder);

    private IBus Bus => _host.Services.GetRequiredService<IBus>();

    public static async Task<MeasuredBus> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparsepipeline-bench-");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("benchmark");
        builder.Configuration.AddInMemoryCollection(settings).AddInMemoryCollection(
        [
            new("Store:Folder", folder.FullName),
            new("Serilog:MinimumLevel:Default", "Fatal"),
            new("Serilog:MinimumLevel:Override:SparsePipeline", "Fatal"),
        ]);
        builder.Services.AddStep<TrainSpec, TrainCheckpoint, TrainStepHandler>(builder.Configuration);
        builder.Services.AddSingleton<StampingHandler>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IStepHandler<TrainSpec>>(p => p.GetRequiredService<StampingHandler>()));
        builder.Services.AddSingleton<EventCount>();
        builder.Services.RegisterConsumer<CountingConsumer>();
        builder.Services.AddBus(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new MeasuredBus(host, folder);
    }

    /// <summary>Events per second from the first publish to the last arrival, publishers waiting for the confirmation of each.</summary>
    public async Task<double> EventsPerSecondAsync(int events, CancellationToken cancellationToken)
    {
        var all = _host.Services.GetRequiredService<EventCount>().Expect(events);
        var message = new StepProgressed { RunId = "run", StepKey = "key", Fraction = 0.5, Message = "epoch 5/10", At = DateTimeOffset.UnixEpoch };
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, events, new ParallelOptions { MaxDegreeOfParallelism = Publishers, CancellationToken = cancellationToken },
            async (_, token) => await Bus.Publish(message, token));
        await all.WaitAsync(cancellationToken);
        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Milliseconds from publishing that a run was submitted to the start of its first step: two messages, a planning and a claim.</summary>
    public async Task<double[]> StartLatenciesAsync(int runs, CancellationToken cancellationToken)
    {
        var (latencies, handler) = (new double[runs], _host.Services.GetRequiredService<StampingHandler>());
        for (var i = 0; i < runs; i++)
        {
            var recipe = RealRun.Digits(++_seed, candidates: 1, epochs: 1);
            var runId = await _host.Services.GetRequiredService<IRunStore>().SubmitAsync(recipe, cancellationToken);
            var started = handler.Next();
            var published = Stopwatch.GetTimestamp();
            await Bus.Publish(new RunSubmitted { RunId = runId }, cancellationToken);
            latencies[i] = Stopwatch.GetElapsedTime(published, await started.WaitAsync(cancellationToken)).TotalMilliseconds;
            // What follows a failure is over before the next run, so that an idle pipeline is measured.
            await Task.Delay(Rest, cancellationToken);
        }
        return latencies;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

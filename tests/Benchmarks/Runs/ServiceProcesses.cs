using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>The services as processes of their own, on a real broker and a real S3 server, and a follower in this process.</summary>
internal sealed class ServiceProcesses : IAsyncDisposable
{
    // The second is near its final time; the others are for the code that is compiled late.
    private const int WarmUps = 4;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparsepipeline-bench-");
    private readonly List<Process> _processes = [];
    private readonly BrokerVirtualHost _broker;
    private readonly ObjectStoreBucket _bucket;
    private readonly IHost _follower;

    private ServiceProcesses(BrokerVirtualHost broker, ObjectStoreBucket bucket)
    {
        (_broker, _bucket) = (broker, bucket);
        _follower = BuildFollower();
    }

    /// <summary>Starts one process of every kind and <paramref name="trainers"/> trainers.</summary>
    /// <param name="broker">A broker that runs.</param>
    /// <param name="server">An S3 server that runs.</param>
    /// <param name="trainers">Trainer processes.</param>
    /// <param name="runners">Runners of each process that has any.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<ServiceProcesses> StartAsync(
        BrokerAddress broker, ObjectStoreAddress server, int trainers, int runners, CancellationToken cancellationToken)
    {
        var services = new ServiceProcesses(
            await BrokerVirtualHost.CreateAsync(broker, cancellationToken), await ObjectStoreBucket.CreateAsync(server, cancellationToken));
        string[] programs = ["Pruner", "Souper", "Evaluator", .. Enumerable.Repeat("Trainer", trainers)];
        foreach (var program in programs)
            services.Start(program, runners);
        await services._follower.StartAsync(cancellationToken);
        return services;
    }

    /// <summary>Submits a run and follows it to its end.</summary>
    public async Task<RunOutcome> RunAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var outcome = await _follower.Services.GetRequiredService<RunFollower>().FollowAsync(recipe, RealRun.Nobody, cancellationToken);
        return outcome.Plan.Finished ? outcome : throw new InvalidOperationException($"The run failed: {outcome.Plan.Failure?.Reason}");
    }

    /// <summary>Runs recipes of the same shape and other seeds until the services' code is compiled; gives the wall clock of the first.</summary>
    public async Task<TimeSpan> WarmUpAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var walls = new List<TimeSpan>();
        for (var i = 1; i <= WarmUps; i++)
            walls.Add((await RunAsync(recipe with { Seed = recipe.Seed + (100 * i) }, cancellationToken)).Wall);
        return walls[0];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        await _follower.StopAsync();
        await ((IAsyncDisposable)_follower).DisposeAsync();
        await _broker.DisposeAsync();
        await _bucket.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Start(string program, int runners)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline." + program)) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in _broker.Environment.Concat(_bucket.Environment))
            start.Environment[name] = value;
        start.Environment["SPARSEPIPELINE_Runners__Count"] = runners.ToString();
        start.Environment["SPARSEPIPELINE_Store__Folder"] = Path.Combine(_folder.FullName, $"{program}-{_processes.Count}");
        start.Environment["SPARSEPIPELINE_Runners__Path"] = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Runner");
        start.Environment["SPARSEPIPELINE_Hosting__HttpPort"] = "0";
        start.Environment["SPARSEPIPELINE_Serilog__MinimumLevel__Default"] = "Warning";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        _processes.Add(process);
    }

    private IHost BuildFollower()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("bench");
        builder.Configuration.AddInMemoryCollection(_broker.Settings).AddInMemoryCollection(_bucket.Settings).AddInMemoryCollection(
            [new("Store:Folder", Path.Combine(_folder.FullName, "follower")), new("Serilog:MinimumLevel:Default", "Error")]);
        builder.Services.AddRunFollower(builder.Configuration).AddBus(builder.Configuration);
        return builder.Build();
    }
}

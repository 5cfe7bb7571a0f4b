using System.Runtime.CompilerServices;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>What a broker, a bucket and processes cost beside the same run in one process.</summary>
internal sealed class DistributedOverheadBenchmark : IBenchmark
{

    public string Name => "distributed-overhead";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var broker = await BrokerProcess.StartAsync(prepare: null, cancellationToken);
        await using var server = await ObjectStoreProcess.StartAsync(durable: false, cancellationToken);
        var (shares, detail, cores) = (new List<double>(), "", Environment.ProcessorCount);
        for (var pair = 0; pair < settings.Pairs; pair++)
        {
            var recipe = RealRun.Digits(seed: 1 + (10 * pair), candidates: 4, epochs: Math.Max(1, (int)(60 * settings.Scale)), cycles: 2);
            var embedded = (await RealRun.MeasureAsync(recipe, cores, cancellationToken)).Wall.TotalSeconds;
            await using var services = await ServiceProcesses.StartAsync(broker.Address, server.Address, trainers: 1, runners: cores, cancellationToken);
            var first = await services.WarmUpAsync(recipe, cancellationToken);
            var distributed = (await services.RunAsync(recipe, cancellationToken)).Wall.TotalSeconds;
            shares.Add(100 * (distributed - embedded) / embedded);
            detail = $"embedded {embedded:0.0} s, distributed {distributed:0.0} s, the first run of services just started {first.TotalSeconds:0.0} s (last pair).";
        }
        yield return new BenchmarkResult(
            "distributed overhead",
            "Wall clock of a run (dense, 2 cycles of 4 candidates, soups, evaluations; one runner per core and service, warm) as service processes on "
            + "RabbitMQ and S3 on this machine, minus that in one process, over the latter.",
            Samples.Of(shares),
            Target.AtMost(10, "%"),
            detail);
    }
}

using System.Runtime.CompilerServices;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>Four candidates on two trainer processes against the same four on one.</summary>
internal sealed class TwoTrainersBenchmark : IBenchmark
{

    public string Name => "two-trainers";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var broker = await BrokerProcess.StartAsync(prepare: null, cancellationToken);
        await using var server = await ObjectStoreProcess.StartAsync(durable: false, cancellationToken);
        var (one, two) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < settings.Pairs; pair++)
        {
            one.Add(await MeasureAsync(trainers: 1, pair));
            two.Add(await MeasureAsync(trainers: 2, pair));
        }
        var times = new PairedTimes(two, one);
        yield return new BenchmarkResult(
            "2 trainer processes, speed-up over 1",
            "Time from the first candidate's start to the last one's end (4 candidates) with one trainer process of one runner over that with two, "
            + "on RabbitMQ and S3, warm.",
            times.Ratio(),
            Target.AtLeast(1.7, "×"),
            $"one process {times.MedianTheirs:0.0} s, two {times.MedianOurs:0.0} s; "
            + $"two loops that share nothing reach {CoreScaling.OfTwo(settings.Pairs):0.00} × on this machine.");

        async Task<double> MeasureAsync(int trainers, int pair)
        {
            await using var services = await ServiceProcesses.StartAsync(broker.Address, server.Address, trainers, runners: 1, cancellationToken);
            var epochs = Math.Max(1, (int)(120 * settings.Scale));
            await services.WarmUpAsync(RealRun.Digits(seed: 2 + (10 * pair), candidates: 4, Math.Max(1, epochs / 4)), cancellationToken);
            RunOutcome outcome = await services.RunAsync(RealRun.Digits(seed: 1 + (10 * pair), candidates: 4, epochs), cancellationToken);
            return RealRun.SpanOfCandidates(outcome);
        }
    }
}

using System.Runtime.CompilerServices;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>How fast events go through, and how soon a step starts after the event that makes it ready.</summary>
internal sealed class BusBenchmark : IBenchmark
{

    public string Name => "bus";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (embedded, broker) = (new BusFigures(), new BusFigures());
        if (BrokerProcess.Missing is { } reason)
        {
            Console.WriteLine($"  without a broker: {reason}");
            await MeasureAsync(settings, [(embedded, Nothing)], cancellationToken);
        }
        else
        {
            await using var process = await BrokerProcess.StartAsync(prepare: null, cancellationToken);
            await using var host = await BrokerVirtualHost.CreateAsync(process.Address, cancellationToken);
            await MeasureAsync(settings, [(embedded, Nothing), (broker, host.Settings)], cancellationToken);
        }
        foreach (var result in embedded.Results("embedded", eventsPerSecond: 20_000, p50: 10, p99: 50))
            yield return result;
        if (BrokerProcess.Missing is null)
        {
            foreach (var result in broker.Results("RabbitMQ", eventsPerSecond: 5_000, p50: 20, p99: 100))
                yield return result;
        }
    }

    private static IReadOnlyDictionary<string, string?> Nothing { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    // In turn, so that what disturbs the machine disturbs both.
    private static async Task MeasureAsync(
        BenchmarkSettings settings, (BusFigures Figures, IReadOnlyDictionary<string, string?> Settings)[] buses, CancellationToken cancellationToken)
    {
        for (var round = 0; round < settings.Pairs; round++)
        {
            foreach (var (figures, bus) in buses)
                await figures.MeasureAsync(bus, settings.Scale, cancellationToken);
        }
    }
}

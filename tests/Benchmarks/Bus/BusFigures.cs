namespace SparsePipeline.Benchmarks;

/// <summary>What was measured on one transport, a figure per round.</summary>
internal sealed class BusFigures
{
    private readonly List<double> _rates = [];
    private readonly List<double> _medians = [];
    private readonly List<double> _slowest = [];
    private int _events;
    private int _runs;

    /// <summary>Adds a round, with a process's part of the pipeline made anew and warmed up.</summary>
    public async Task MeasureAsync(IReadOnlyDictionary<string, string?> settings, double scale, CancellationToken cancellationToken)
    {
        (_events, _runs) = (Math.Max(100, (int)(20_000 * scale)), Math.Max(20, (int)(200 * scale)));
        await using var bus = await MeasuredBus.StartAsync(settings, cancellationToken);
        await bus.EventsPerSecondAsync(_events / 10, cancellationToken);
        await bus.StartLatenciesAsync(_runs / 10, cancellationToken);
        _rates.Add(await bus.EventsPerSecondAsync(_events, cancellationToken));
        var latencies = await bus.StartLatenciesAsync(_runs, cancellationToken);
        Array.Sort(latencies);
        _medians.Add(latencies[latencies.Length / 2]);
        _slowest.Add(latencies[(int)(0.99 * (latencies.Length - 1))]);
    }

    public IReadOnlyList<BenchmarkResult> Results(string transport, double eventsPerSecond, double p50, double p99)
    {
        const string Rate = "Events consumed per second from the first publish to the last arrival; "
            + "64 publishers wait for each confirmation, one consumer.";
        const string Start = "Time from publishing that a run was submitted to the first line of its first step's computation: event, planning, claim and "
            + "command, one run after the other on a folder store.";
        var (events, runs) = ($"{_events} events a round, publishers and consumer in one process.", $"{_runs} runs a round.");
        return
        [
            new($"events, {transport}", Rate, Samples.Of(_rates), Target.AtLeast(eventsPerSecond, "/s"), events),
            new($"publish to step start, {transport}, p50", Start, Samples.Of(_medians), Target.AtMost(p50, "ms"), runs),
            new($"publish to step start, {transport}, p99", Start, Samples.Of(_slowest), Target.AtMost(p99, "ms"), runs),
        ];
    }
}

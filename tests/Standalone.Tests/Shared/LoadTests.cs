using SparsePipeline.Contracts;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>
/// Many runs and many pointless events at once, on a real broker. The work of the runners is scripted and costs nothing, so all there is to
/// see is bus, store and engine. <c>make load</c> takes a thousand runs and ten thousand events, <c>make test</c> fewer.
/// </summary>
[Trait("Category", "Load")]
public sealed class LoadTests(BrokerServer broker, ITestOutputHelper output)
{
    private static readonly int Runs = Size("SPARSEPIPELINE_LOAD_RUNS", 40);
    private static readonly int Events = Size("SPARSEPIPELINE_LOAD_EVENTS", 1_000);

    // A slow machine is no failure; one that hangs is.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_runs_submitted_at_once_all_end_in_about_the_order_they_came_and_memory_stays_flat()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var log = new JobLog();
        var host = await bus.AddHostAsync(log, adjust: null, ("Runs:SweepSeconds", "1"), ("Claims:ResendSeconds", "60"), ("Claims:LeaseSeconds", "30"));
        var recipes = Enumerable.Range(0, Runs).Select(i => Pipelines.Recipe(candidates: 2, cycles: 1, seed: 1000 + i)).ToList();
        var load = new LoadReport(host, recipes);

        await load.SubmitAsync(Token);
        await load.UntilAllEndedAsync(Patience, Token);
        await load.WriteAsync(output, Token);

        load.Unfinished.ShouldBeEmpty();
        log.Keys.ShouldBeUnique();
        (await bus.CountErrorsAsync()).ShouldBe(0);
        // What one run needs times the number of runs would be several hundred MiB.
        load.GrowthInMebibytes.ShouldBeLessThan(128);
        // One is the order of submission, zero is no order at all, below zero the last are served first.
        load.Fairness.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Events_about_unknown_runs_are_rejected_without_an_error_and_the_next_run_ends()
    {
        await using var bus = await SharedBus.CreateAsync(broker);
        var host = await bus.AddHostAsync(new JobLog());
        var start = TimeProvider.System.GetTimestamp();

        var manyAtOnce = new ParallelOptions { MaxDegreeOfParallelism = 100, CancellationToken = Token };
        await Parallel.ForAsync(0, Events, manyAtOnce, async (i, _) => await SharedBus.PublishAsync(host, Unknown(i)));
        var published = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        await SharedBus.UntilAsync(async () => await CountPlanningAsync(bus) == 0);

        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"Published in {published:0.0} s.");
        output.WriteLine($"{Events} events about unknown runs to four planners: {seconds:0.0} s, {Events / seconds:0} events/s.");
        (await host.RunAsync(Pipelines.Recipe(cycles: 1), new Observations(), Pipelines.Patience())).Plan.Finished.ShouldBeTrue();
        (await bus.CountErrorsAsync()).ShouldBe(0);
    }

    // Half of them could be runs, so somebody has to look; the other half could not.
    private static CheckpointReady Unknown(int i) => new()
    {
        RunId = i % 2 == 0 ? $"unknown-{i:x12}" : $"not a run {i}",
        StepKey = new string('0', 64),
        Kind = StepKinds.Train,
        Checkpoint = new ArtifactRef(new string('0', 64), 1, ArtifactFormats.Safetensors),
    };

    private static async Task<long> CountPlanningAsync(SharedBus bus)
    {
        var count = 0L;
        foreach (var queue in new[] { "plan-training", "plan-pruning", "plan-soup", "plan-evaluation", "plan-collect", "plan-time" })
            count += await bus.CountAsync(queue);
        return count;
    }

    private static int Size(string variable, int normal) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var size) ? size : normal;
}

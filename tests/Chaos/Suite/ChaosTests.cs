using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Faults;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Chaos.Schedule;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Suite;

/// <summary>
/// Real processes, a real broker and a real object store, and everything that can go wrong between them. A failure names the seed: run
/// <c>make chaos CHAOS_SEED=…</c> to see the same faults in the same order again.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class ChaosTests(OwnBroker broker, ObjectStoreServer store)
{
    private const int ShortSeed = 1;

    [Fact]
    public async Task Whatever_happens_once_no_run_is_lost_and_every_digest_is_the_undisturbed_one()
    {
        var faults = ChaosSchedule.Of(ShortSeed, AllFaults.List.Count, AllFaults.Kinds);
        await using var place = new SuiteFolder("short");
        var round = new Round(
            new ChaosServers(broker, store), new Undisturbed(place.Path), place.Path, longestOutage: TimeSpan.FromSeconds(6), TestContext.Current.SendDiagnosticMessage);

        var report = await round.RunAsync(faults, TestContext.Current.CancellationToken);

        place.Keep(report.Violations.Count > 0);
        report.Violations.ShouldBeEmpty($"seed {ShortSeed}; logs are in {place.Path}");
        report.Faults.Count(f => f.Happened).ShouldBeGreaterThan(AllFaults.List.Count / 2);
        report.Runs.ShouldBeGreaterThan(0);
    }
}

using System.Diagnostics;
using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Faults;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Chaos.Reports;
using SparsePipeline.Chaos.Schedule;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Suite;

/// <summary><c>make chaos</c>: hundreds of faults, a fresh topology every so many, and the table of docs/reliability.md.</summary>
[Trait("Category", "LongChaos")]
public sealed class LongChaosTests(OwnBroker broker, ObjectStoreServer store)
{
    private const int FaultsPerRound = 40;
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    [Fact(Explicit = true)]
    public async Task Hundreds_of_faults_lose_nothing()
    {
        var (seed, count) = (Setting("CHAOS_SEED", 20), Setting("CHAOS_FAULTS", 200));
        await using var place = new SuiteFolder("long");
        var (total, start) = (new RoundReport(), Stopwatch.GetTimestamp());
        var undisturbed = new Undisturbed(place.Path);
        foreach (var (index, faults) in ChaosSchedule.Of(seed, count, Kinds()).Chunk(FaultsPerRound).Index())
        {
            var folder = Directory.CreateDirectory(Path.Combine(place.Path, $"round-{index + 1}")).FullName;
            var round = new Round(new ChaosServers(broker, store), undisturbed, folder, AMinute, Console.WriteLine);
            total.Add(await round.RunAsync(faults, TestContext.Current.CancellationToken));
            Console.WriteLine(Progress(total, count, Stopwatch.GetElapsedTime(start)));
            if (Only is null)
                ReliabilityPage.Write(seed, total, Stopwatch.GetElapsedTime(start));
        }

        place.Keep(total.Violations.Count > 0);
        total.Violations.ShouldBeEmpty($"seed {seed}; logs are in {place.Path}");
    }

    // A kind of fault that is looked into: its name or a part of it. The page is about all of them.
    private static string? Only => Environment.GetEnvironmentVariable("CHAOS_ONLY") is { Length: > 0 } name ? name : null;

    private static IReadOnlyList<FaultKind> Kinds() => [.. AllFaults.EveryKind.Where(k => Only is null || k.Name.Contains(Only, StringComparison.Ordinal))];

    private static string Progress(RoundReport total, int count, TimeSpan passed)
    {
        var left = passed / total.Faults.Count * (count - total.Faults.Count);
        return $"=== {total.Faults.Count} of {count} faults, {total.Runs} runs, {total.Violations.Count} violations, {passed:mm\\:ss} passed, about {left:mm\\:ss} left";
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text) : otherwise;
}

using System.Diagnostics;
using SparsePipeline.Chaos.Faults;
using SparsePipeline.Chaos.Invariants;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Chaos.Schedule;

namespace SparsePipeline.Chaos.Suite;

/// <summary>A fresh topology, runs under way all the time, faults one after the other, and then the question what is left of it all.</summary>
internal sealed class Round(ChaosServers servers, Undisturbed undisturbed, string folder, TimeSpan longestOutage, Action<string> say)
{
    private const int RunsAtOnce = 2;
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FaultPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, IFault> _faults = AllFaults.Everything.ToDictionary(f => f.Name);

    /// <summary>Lets the faults happen; violations are in the report.</summary>
    public async Task<RoundReport> RunAsync(IReadOnlyList<PlannedFault> faults, CancellationToken cancellationToken)
    {
        await using var topology = await StartAsync(cancellationToken);
        using var stop = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (report, workload) = (new RoundReport(), new Workload(topology, folder, RunsAtOnce));
        var feeding = workload.FeedAsync(stop.Token, end.Token);
        var recoveries = new List<Task>();
        foreach (var fault in faults)
            recoveries.Add(await HappenAsync(fault, topology, workload, report, end.Token));
        await stop.CancelAsync();
        end.CancelAfter(EndPatience);
        await Task.WhenAll([feeding, .. recoveries]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await workload.WaitForHarmedAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await JudgeAsync(topology, workload, report, cancellationToken);
        return report;
    }

    private async Task<Topology> StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        return await Topology.StartAsync(servers, Path.Combine(folder, "topology"), ReplicaPlan.Usual, patience.Token);
    }

    // Returns what waits for the steps that were under way; the next fault does not wait for them.
    private async Task<Task> HappenAsync(
        PlannedFault planned, Topology topology, Workload workload, RoundReport report, CancellationToken cancellationToken)
    {
        await Task.Delay(planned.Pause, cancellationToken);
        var (fault, start, extra) = (_faults[planned.Kind.Name], Stopwatch.GetTimestamp(), topology.Ledger.ExtraExecutions);
        var (steps, runs) = (topology.Ledger.Unfinished, workload.UnderWay);
        if (report.Faults is [.., var before])
            before.ExtraExecutions += extra - report.Faults.Sum(f => f.ExtraExecutions);
        var scene = new Scene(topology, new Random(planned.Seed), longestOutage);
        say($"{planned.Index + 1}: {fault.Name}");
        var what = await fault.HappenAsync(scene, cancellationToken).WaitAsync(FaultPatience, cancellationToken);
        var record = new FaultRecord(fault.Name, what, runs) { StepsUnderWay = steps.Count };
        report.Faults.Add(record);
        say($"{planned.Index + 1}: … {what ?? "its moment did not come"}; {topology.Ledger.Finished} steps done, {runs} runs under way");
        return RecoverAsync(record, steps, start, topology.Ledger, cancellationToken);
    }

    private static async Task RecoverAsync(
        FaultRecord record, IReadOnlyList<string> steps, long start, StepLedger ledger, CancellationToken cancellationToken)
    {
        while (!ledger.AreFinished(steps))
            await Task.Delay(50, cancellationToken);
        record.Recovery = Stopwatch.GetElapsedTime(start);
    }

    private async Task JudgeAsync(Topology topology, Workload workload, RoundReport report, CancellationToken cancellationToken)
    {
        foreach (var (run, recipe) in workload.Runs)
            report.Violations.AddRange(await Verdicts.OfRunAsync(topology, run, await undisturbed.DigestsAsync(recipe, cancellationToken), cancellationToken));
        report.Violations.AddRange(await Verdicts.OfTopologyAsync(topology, cancellationToken));
        var ledger = topology.Ledger;
        if (report.Faults is [.., var last])
            last.ExtraExecutions += ledger.ExtraExecutions - report.Faults.Sum(f => f.ExtraExecutions);
        (report.Runs, report.Steps, report.ObjectsVerified) = (workload.Runs.Count, ledger.Finished, topology.Objects.Read);
        (report.ExtraExecutions, report.MostAttempts) = (ledger.ExtraExecutions, ledger.MostAttempts);
    }
}

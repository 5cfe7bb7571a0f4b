using SparsePipeline.Chaos.Faults;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Chaos.Suite;
using SparsePipeline.TestKit;

namespace SparsePipeline.Chaos.Reports;

/// <summary>docs/reliability.md: what is written by hand stays, what was measured is put between two marks.</summary>
internal static class ReliabilityPage
{
    private const string Begin = "<!-- begin: written by make chaos -->";
    private const string End = "<!-- end: written by make chaos -->";

    private static string File => Path.Combine(RepositoryFolder.Path, "docs", "reliability.md");

    /// <summary>Replaces the measured part.</summary>
    public static void Write(int seed, RoundReport total, TimeSpan duration)
    {
        var text = System.IO.File.ReadAllText(File);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        System.IO.File.WriteAllText(File, $"{text[..begin]}{Begin}\n\n{Of(seed, total, duration)}\n{text[end..]}");
    }

    /// <summary>The measured part.</summary>
    public static string Of(int seed, RoundReport total, TimeSpan duration)
    {
        var missed = total.Faults.Count(f => !f.Happened);
        return $"""
            `make chaos CHAOS_SEED={seed}` on {Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}: {total.Faults.Count - missed} faults
            in {duration.TotalMinutes:0} minutes ({missed} more did not come to their moment), {total.Runs} runs with {total.Steps} steps.
            Executions beyond the first: {total.ExtraExecutions} of {total.Steps + total.ExtraExecutions}. Most tries of one step without progress:
            {total.MostAttempts} (allowed: {ChaosSettings.MaxAttempts}). Versions of objects read and verified meanwhile: {total.ObjectsVerified}.
            Promises broken: **{total.Violations.Count}**.

            {ReliabilityTable.Of([.. AllFaults.Everything.Select(f => f.Name)], total.Faults)}{ViolationsOf(total)}
            """;
    }

    private static string ViolationsOf(RoundReport total) =>
        total.Violations.Count == 0 ? "" : "\nBroken promises:\n\n" + string.Concat(total.Violations.Select(v => $"- {v}\n"));
}

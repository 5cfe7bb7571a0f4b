using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>What is worth a look in a cycle: each layer once.</summary>
public static class CycleWarnings
{
    /// <summary>What the cut says, which knows the best remedies, then what was measured of layers it says nothing of.</summary>
    public static IEnumerable<string> Of(ReportedCycle cycle) => cycle.Prune.Warnings.Concat(
        (cycle.Soup.Evaluation.Compression?.Alarms ?? []).Where(a => !cycle.Prune.Warnings.Any(w => w.StartsWith(Layer(a), StringComparison.Ordinal))));

    /// <summary><c>Layer 'NAME'</c>, with which an alarm begins.</summary>
    private static string Layer(string alarm) => alarm.Split('\'') is [var before, var name, ..] ? $"{before}'{name}'" : alarm;
}

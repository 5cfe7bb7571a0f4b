using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>Whether leaving zeros out pays, in one sentence.</summary>
public static class LatencyVerdict
{
    /// <summary>Layers without a sparse form count as dense both ways.</summary>
    public static string Of(LatencyReport report)
    {
        if (report.Layers.FirstOrDefault(l => !l.Agrees) is { } wrong)
            return $"Leaving zeros out computes '{wrong.Name}' wrongly on this machine, {Difference(wrong.Difference)} off: its times mean nothing. Please report it.";
        var dense = report.Layers.Sum(l => l.DenseSeconds);
        var sparse = report.Layers.Sum(l => l.SparseSeconds ?? l.DenseSeconds);
        var best = report.Layers.Sum(l => Math.Min(l.DenseSeconds, l.SparseSeconds ?? l.DenseSeconds));
        var faster = report.Layers.Count(l => l.SparseSeconds < l.DenseSeconds);
        return $"On this machine, with {Counted(report.Threads, "thread")} and a batch of {report.Batch}, leaving zeros out {(sparse < dense ? "pays" : "does not pay")}: "
            + $"the layers take {Figures.Microseconds(sparse)} in all where dense ones take {Figures.Microseconds(dense)}; "
            + $"it is faster in {faster} of {Counted(report.Layers.Count, "layer")}, and {Figures.Microseconds(best)} is what each layer's faster way adds up to. "
            + Agreement(report);
    }

    private static string Agreement(LatencyReport report) => report.Layers.Count(l => l.SparseSeconds is not null) is var run && run == 0
        ? "No layer has a sparse form."
        : $"Run sparse: {run} of {Counted(report.Layers.Count, "layer")}; both ways agree to {Difference(report.Layers.Max(l => l.Difference))}.";

    private static string Difference(double? difference) => (difference ?? 0).ToString("0.0e0", CultureInfo.InvariantCulture);

    private static string Counted(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}

using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Cli.Reports;

/// <summary>Whether leaving zeros out pays, in one sentence.</summary>
internal static class LatencyVerdict
{
    /// <summary>Layers without a sparse form count as dense both ways.</summary>
    public static string Of(BenchModelReply reply)
    {
        var dense = reply.Layers.Sum(l => l.DenseSeconds);
        var sparse = reply.Layers.Sum(l => l.SparseSeconds ?? l.DenseSeconds);
        var best = reply.Layers.Sum(l => Math.Min(l.DenseSeconds, l.SparseSeconds ?? l.DenseSeconds));
        var faster = reply.Layers.Count(l => l.SparseSeconds < l.DenseSeconds);
        return $"On this machine, with {Counted(reply.Threads, "thread")} and a batch of {reply.Batch}, leaving zeros out {(sparse < dense ? "pays" : "does not pay")}: "
            + $"the layers take {Figures.Microseconds(sparse)} in all where dense ones take {Figures.Microseconds(dense)}; "
            + $"it is faster in {faster} of {Counted(reply.Layers.Count, "layer")}, and {Figures.Microseconds(best)} is what each layer's faster way adds up to.";
    }

    private static string Counted(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}

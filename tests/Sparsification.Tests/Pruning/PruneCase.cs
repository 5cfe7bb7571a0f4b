using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>One run of <see cref="PruneOperation"/> with its outputs read back.</summary>
public sealed record PruneCase(PruneReport Report, SparsityMask Mask, string Checkpoint)
{
    public static PruneCase Run(Files files, string checkpoint, PruneRequest request, int threads = 2)
    {
        var (output, mask) = (files.NewPath(), files.NewPath("mask"));
        using var source = StateDict.Open(checkpoint);
        var report = PruneOperation.Run(source, request, output, mask, threads);
        return new PruneCase(report, SparsityMask.Load(mask), output);
    }

    public static PruneCase Run(Files files, string checkpoint, string method, double sparsity, SparsityMask? previous = null) =>
        Run(files, checkpoint, new PruneRequest { Method = MethodSpec.Of(method), Sparsity = sparsity, PreviousMask = previous });
}

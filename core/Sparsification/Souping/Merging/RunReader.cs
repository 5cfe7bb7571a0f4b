using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Reads runs of members and anchor as 64-bit numbers, whatever their types: what one thread needs to merge.</summary>
internal sealed class RunReader(IReadOnlyList<SoupMember> members, StateDict? anchor)
{
    private readonly TensorRun _run = new(members.Count, anchor is not null, squares: members.All(m => m.Statistics is not null));

    public int Members => members.Count;

    public bool HasAnchor => anchor is not null;

    /// <summary>The same object every time, with other numbers.</summary>
    public TensorRun Read(TensorInfo tensor, Chunk block)
    {
        (_run.Start, _run.Count) = (block.Start, block.Count);
        for (var i = 0; i < members.Count; i++)
            members[i].State.ReadDoubles(tensor.Name, block.Start, _run.MemberBuffer(i).AsSpan(0, block.Count));
        for (var i = 0; i < members.Count && members[i].Statistics is { } statistics; i++)
            ReadFisher(statistics, tensor, block, _run.SquaresBuffer(i).AsSpan(0, block.Count));
        anchor?.ReadDoubles(tensor.Name, block.Start, _run.AnchorBuffer.AsSpan(0, block.Count));
        return _run;
    }

    private static void ReadFisher(StatisticsFile statistics, TensorInfo tensor, Chunk block, Span<double> fisher)
    {
        var examples = statistics.GradientExamples(tensor.Name);
        if (examples == 0)
            throw new DomainException(
                FailureCodes.ShapeMismatch, $"There are no squared gradients of '{tensor.Name}'.", "Collect them of the networks that are merged, with --gradients, or leave it to a recipe's run.");
        statistics.ReadGradientSquares(tensor.Name, block.Start, fisher);
        for (var i = 0; i < fisher.Length; i++)
            fisher[i] /= examples;
    }
}

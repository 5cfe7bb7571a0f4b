using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Every weight stands by itself: the highest scores stay.</summary>
/// <remarks>Exact: the k-th highest score by counting, then among weights of just that score the lower flat index first.
/// Where rows compete for themselves, a tensor's number is found so too.</remarks>
internal sealed class UnstructuredStructure : IStructure
{
    public const string Name = "unstructured";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Structure,
        Name = Name,
        Title = "Unstructured",
        UseWhen = "Use for the best accuracy at a given sparsity; speed needs sparse kernels.",
        Traits = MethodTraits.Idle,
    };

    public void Select(IScoreSource scores, IReadOnlyList<CutGroup> groups, IReadOnlyList<ulong[]> masks)
    {
        foreach (var group in groups)
        {
            if (scores.IsWide)
                WideCut.Select(scores, group, masks);
            else
                MaskBuilder.Build(scores, group, ExactThreshold.Find(scores, group), masks);
            if (group.ByRow)
                foreach (var tensor in group.Tensors)
                    ShareOut(scores, tensor, masks[tensor]);
        }
    }

    /// <summary>As many weights of a tensor as it has won, and of every row as many.</summary>
    private static void ShareOut(IScoreSource scores, int tensor, ulong[] words)
    {
        var kept = words.Sum(w => (long)ulong.PopCount(w));
        Array.Clear(words);
        RowCut.Select(scores, tensor, kept, words);
    }
}

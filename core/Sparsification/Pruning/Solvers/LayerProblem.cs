using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>One layer to be pruned: its matrix, what came into it, and how much may stay.</summary>
public sealed class LayerProblem
{
    /// <summary>Name of the weights.</summary>
    public required string Name { get; init; }

    /// <summary>Outputs.</summary>
    public required int Rows { get; init; }

    /// <summary>Inputs; of a convolution those of a kernel, input channel by input channel.</summary>
    public required int Columns { get; init; }

    /// <summary>Weights from one input channel to one output: 1, or those of a kernel.</summary>
    public required int Places { get; init; }

    /// <summary>Rows × Columns numbers, row after row; finite. Not to be changed.</summary>
    public required double[] Weights { get; init; }

    /// <summary>What came into the layer.</summary>
    public required LayerStatistics Statistics { get; init; }

    /// <summary>Weights to keep.</summary>
    public required long Kept { get; init; }

    /// <summary>N weights of every M consecutive input channels stay, at each place of a kernel; null for any weights.</summary>
    public (int Kept, int Group)? Pattern { get; init; }

    /// <summary>The mask of an earlier cut; what it prunes stays pruned. Null for the first cut.</summary>
    public TensorMask? Ceiling { get; init; }

    /// <summary>Seed of solvers that draw; others ignore it.</summary>
    public long Seed { get; init; }

    /// <summary>Whether a weight may stay.</summary>
    public bool MayStay(int row, int column) => Ceiling is null || Ceiling.IsKept(((long)row * Columns) + column);
}

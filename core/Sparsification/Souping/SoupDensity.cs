using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What averaging has done to sparsity: of weights that are zero in some candidates only, nothing stays zero.</summary>
/// <param name="Candidates">Fraction of zeros among the prunable weights of each candidate, in the order given.</param>
/// <param name="Average">The same of the average.</param>
public sealed record SoupDensity(IReadOnlyList<double> Candidates, double Average)
{
    /// <summary>Whether the average has fewer zeros than each of its candidates.</summary>
    public bool IsDenser => Average < Candidates.Min();

    /// <summary>Reads the zeros of some candidates and their average.</summary>
    /// <param name="candidates">safetensors files.</param>
    /// <param name="average">The file of their average.</param>
    /// <param name="selection">Which tensors count.</param>
    /// <param name="scratch">Folder with room for what is unpacked: candidates may lie where nothing can be written.</param>
    public static SoupDensity Of(IEnumerable<string> candidates, string average, TensorSelection selection, string scratch) =>
        new([.. candidates.Select(c => ZerosOf(c, selection, scratch))], ZerosOf(average, selection, scratch));

    /// <summary>Fraction of zeros among the prunable weights of a checkpoint; memory does not grow with the model.</summary>
    /// <param name="checkpoint">A safetensors file, plain or packed.</param>
    /// <param name="selection">Which tensors count.</param>
    /// <param name="scratch">Folder with room for what is unpacked.</param>
    public static double ZerosOf(string checkpoint, TensorSelection selection, string scratch)
    {
        using var state = CheckpointFile.Open(checkpoint, CheckpointUse.Average, scratch);
        return ZeroMask.Sparsity(state, selection);
    }
}

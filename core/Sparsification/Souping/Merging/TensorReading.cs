using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>One tensor of all members and of the anchor, to be looked at before it is merged.</summary>
public sealed class TensorReading
{
    private readonly RunReader _reader;

    internal TensorReading(RunReader reader, TensorInfo tensor, long kept) => (_reader, Tensor, Kept) = (reader, tensor, kept);

    /// <summary>Its name, shape and type.</summary>
    public TensorInfo Tensor { get; }

    /// <summary>Its numbers that the shared mask keeps; all without a mask.</summary>
    public long Kept { get; }

    /// <summary>How many members there are.</summary>
    public int Members => _reader.Members;

    /// <summary>Rows as a matrix [outputs, rest]; a vector is one row.</summary>
    public long Rows => Tensor.Shape.Length > 1 && Tensor.Count > 0 ? Tensor.Shape[0] : 1;

    /// <summary>Shows all numbers once, in order. A run is valid until the next.</summary>
    public void Scan(Action<TensorRun> look)
    {
        for (long start = 0; start < Tensor.Count; start += TensorRun.Most)
            look(_reader.Read(Tensor, new Chunk(0, start, (int)Math.Min(TensorRun.Most, Tensor.Count - start))));
    }
}

using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>A run of consecutive numbers of one tensor: what one thread works on at a time.</summary>
/// <param name="Tensor">Index of the tensor.</param>
/// <param name="Start">Flat index of the first number, a multiple of 64 so that mask words are never shared.</param>
/// <param name="Count">Numbers in the run.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Chunk(int Tensor, long Start, int Count)
{
    /// <summary>Numbers per chunk, 1 MB of 32-bit floats: fixed, since sums are taken per chunk and must not depend on the machine.</summary>
    public const int Size = 1 << 18;

    /// <summary>Numbers a kernel holds at a time, 16 KB: its scratch stays in the first-level cache.</summary>
    public const int Block = 1 << 12;

    /// <summary>The chunks of some tensors in the order given.</summary>
    public static Chunk[] Split(IEnumerable<(int Tensor, long Total)> tensors, int size = Size)
    {
        var chunks = new List<Chunk>();
        foreach (var (tensor, total) in tensors)
            for (long start = 0; start < total; start += size)
                chunks.Add(new Chunk(tensor, start, (int)Math.Min(size, total - start)));
        return [.. chunks];
    }

    /// <summary>The blocks of this chunk, in order.</summary>
    public IEnumerable<Chunk> Blocks(int size = Block)
    {
        for (var offset = 0; offset < Count; offset += size)
            yield return new Chunk(Tensor, Start + offset, Math.Min(size, Count - offset));
    }
}

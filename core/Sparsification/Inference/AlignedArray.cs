using System.Runtime.CompilerServices;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Numbers in memory that does not move and starts at a cache line: a 64-byte load elsewhere touches two lines.</summary>
/// <remarks>Whoever uses <see cref="Pointer"/> keeps the object alive.</remarks>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private readonly T[] _pinned;

    public AlignedArray(ReadOnlySpan<T> values)
    {
        _pinned = GC.AllocateArray<T>(values.Length + (CacheLine.Bytes / sizeof(T)), pinned: true);
        Pointer = CacheLine.Align((T*)Unsafe.AsPointer(ref _pinned[0]));
        values.CopyTo(new Span<T>(Pointer, values.Length));
    }

    public T* Pointer { get; }

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)_pinned.Length * sizeof(T);
}

using System.Runtime.InteropServices;
using TorchSharp;

namespace SparsePipeline.Learning.Runtime;

/// <summary>
/// The one place where numbers move between tensors and this process. Tensors in the processor's memory are read and written where they lie;
/// those on a device are copied, and reading waits for the device.
/// </summary>
internal static class HostMemory
{
    // A thread computes one training at a time, so the reach is the thread's.
    [ThreadStatic]
    private static MemoryReach? s_reach;

    /// <summary>What this thread reaches; the processor's memory unless somebody has set another.</summary>
    internal static MemoryReach Reach
    {
        get => s_reach ?? MemoryReach.OfProcessor;
        set => s_reach = value;
    }

    /// <summary>Whether a tensor lies in the processor's memory, so that <see cref="Span{T}"/> may be asked for.</summary>
    public static bool Holds(torch.Tensor tensor) => Reach.Holds(tensor);

    /// <summary>The elements of a contiguous tensor in the processor's memory, in place.</summary>
    public static Span<T> Span<T>(torch.Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>The only element, or the first.</summary>
    public static T Read<T>(torch.Tensor tensor)
        where T : unmanaged => Values<T>(tensor)[0];

    /// <summary>The elements of a contiguous tensor wherever it lies, to be read while the tensor is there.</summary>
    public static ReadOnlySpan<T> Values<T>(torch.Tensor tensor)
        where T : unmanaged
    {
        if (Holds(tensor))
            return Span<T>(tensor);
        using var copy = Reach.Copy(tensor);
        return Span<T>(copy).ToArray();
    }

    /// <summary>Fills a contiguous tensor wherever it lies.</summary>
    /// <param name="destination">Its type is <typeparamref name="T"/>.</param>
    /// <param name="fill">Writes all elements.</param>
    public static void Write<T>(torch.Tensor destination, SpanFiller<T> fill)
        where T : unmanaged
    {
        if (Holds(destination))
        {
            fill(Span<T>(destination));
            return;
        }

        using var off = torch.no_grad();
        using var copy = Reach.Copy(destination);
        fill(Span<T>(copy));
        destination.copy_(copy);
    }

    /// <summary>Writes elements.</summary>
    public delegate void SpanFiller<T>(Span<T> values);
}

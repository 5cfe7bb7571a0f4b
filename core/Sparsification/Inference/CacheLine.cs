namespace SparsePipeline.Sparsification.Inference;

internal static unsafe class CacheLine
{
    public const int Bytes = 64;

    /// <summary>Floats per line, which is also the lanes of the widest vector.</summary>
    public const int Floats = Bytes / sizeof(float);

    /// <summary>The first address from here on that starts a line.</summary>
    public static T* Align<T>(T* pointer)
        where T : unmanaged => (T*)(((nint)pointer + Bytes - 1) & ~(nint)(Bytes - 1));

    /// <summary>This many floats, rounded up to whole lines.</summary>
    public static int RoundUp(int floats) => (floats + Floats - 1) & ~(Floats - 1);
}

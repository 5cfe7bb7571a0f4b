using System.Runtime.InteropServices;

namespace SparsePipeline.Learning.Products;

/// <summary>
/// The product of matrices that libtorch's linear layers call, <c>sgemm</c> of its BLAS, without tensors and a graph around it. Called with the operands
/// as they call it, it gives their bits, on any processor and with any number of threads.
/// </summary>
internal static unsafe partial class LibraryProduct
{
    private const string Library = "libtorch_cpu";
    private const string Function = "sgemm_";

    private const byte AsItIs = (byte)'N';
    private const byte Turned = (byte)'T';

    /// <summary>Whether this build of libtorch offers it.</summary>
    public static bool IsThere { get; } =
        NativeLibrary.TryLoad(Library, typeof(LibraryProduct).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, Function, out _);

    /// <summary>result = a · b, or result += a · b.</summary>
    /// <param name="a">[m, k]; its rows or its columns have no gaps. No side is 1.</param>
    /// <param name="b">[k, n], likewise.</param>
    /// <param name="result">[m, n] without gaps; overlaps neither factor.</param>
    /// <param name="adds">Whether what is in the result is added to.</param>
    public static void Multiply(in StridedMatrix a, in StridedMatrix b, float* result, bool adds)
    {
        // The library counts column after column: to it, rows without gaps are the transpose, and resultᵀ = bᵀ · aᵀ.
        var (first, firstStep) = (b.ColumnStep == 1 ? AsItIs : Turned, Math.Max(b.RowStep, b.ColumnStep));
        var (second, secondStep) = (a.ColumnStep == 1 ? AsItIs : Turned, Math.Max(a.RowStep, a.ColumnStep));
        var (m, n, k) = (b.Columns, a.Rows, a.Columns);
        var (one, old) = (1f, adds ? 1f : 0f);
        Sgemm(first, second, m, n, k, one, b.Start, firstStep, a.Start, secondStep, old, result, m);
    }

    [LibraryImport(Library, EntryPoint = Function)]
    private static partial void Sgemm(
        in byte transposeA, in byte transposeB, in int m, in int n, in int k, in float alpha, float* a, in int stepA, float* b, in int stepB, in float beta, float* c,
        in int stepC);
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>y ← y − a·x, number by number: product and difference are rounded one after the other, so the vectors' width changes no bit.</summary>
internal static class Axpy
{
    /// <param name="a">The factor.</param>
    /// <param name="x">At least as long as <paramref name="y"/>.</param>
    /// <param name="y">Is changed.</param>
    public static void Subtract(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        var factor = new Vector<double>(a);
        var from = MemoryMarshal.Cast<double, Vector<double>>(x[..y.Length]);
        var to = MemoryMarshal.Cast<double, Vector<double>>(y);
        for (var i = 0; i < to.Length; i++)
            to[i] -= factor * from[i];
        for (var i = to.Length * Vector<double>.Count; i < y.Length; i++)
            y[i] -= a * x[i];
    }
}

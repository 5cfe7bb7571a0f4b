using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Where a cut falls: exactly as many weights stay as were asked for.</summary>
/// <param name="Bits">Bits of the threshold score; every weight with a higher score stays.</param>
/// <param name="Ties">How many weights of exactly that score stay, the lowest flat indices first.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Threshold(int Bits, long Ties)
{
    public static Threshold KeepNothing { get; } = new(int.MaxValue, 0);
}

using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>A number as the unevaluated sum of two doubles, the second below half a unit of the first: 106 bits.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Pair(double High, double Low)
{
    public static Pair Product(double a, double b)
    {
        var product = a * b;
        return new Pair(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    public static Pair Add(Pair a, Pair b)
    {
        var sum = a.High + b.High;
        var part = sum - a.High;
        var error = (a.High - (sum - part)) + (b.High - part) + (a.Low + b.Low);
        // −0 + 0 is +0: what has no error keeps its sign.
        return error == 0 ? new Pair(sum, 0) : Sum(sum, error);
    }

    /// <summary>a / b, rounded to a double.</summary>
    public static double Divide(Pair a, Pair b)
    {
        var quotient = a.High / b.High;
        var rest = Math.FusedMultiplyAdd(-quotient, b.High, a.High) + a.Low - (quotient * b.Low);
        return rest == 0 ? quotient : quotient + (rest / b.High);
    }

    /// <summary>For |low| ≤ |high|.</summary>
    private static Pair Sum(double high, double low)
    {
        var sum = high + low;
        return new Pair(sum, low - (sum - high));
    }
}

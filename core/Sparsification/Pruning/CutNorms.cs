using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Squared 2-norms around a cut.</summary>
/// <param name="Before">‖W‖².</param>
/// <param name="Removed">‖W‖² − ‖W_p‖²; where weights are kept or zeroed that is ‖W − W_p‖², where they are solved it may be below 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CutNorms(double Before, double Removed)
{
    /// <summary>d = √|‖W‖² − ‖W_p‖²| / ‖W‖ in [0, 1]; 0 for a network of zeros.</summary>
    public double Drop => Before == 0 ? 0 : Math.Sqrt(Math.Abs(Removed) / Before);

    public static CutNorms operator +(CutNorms a, CutNorms b) => new(a.Before + b.Before, a.Removed + b.Removed);
}

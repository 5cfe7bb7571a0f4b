using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>A mask that is cut first, of the network before the first cut, and that every later mask stays within: cuts choose among its weights, and masks that move grow on no others.</summary>
public sealed record CeilingRecipe
{
    /// <summary>The pruner that cuts it; one that goes by examples is refused.</summary>
    [MethodAxis(MethodAxes.Pruner)]
    public required MethodSpec Method { get; init; }

    /// <summary>Fraction of prunable weights that no later mask keeps, in (0, 1) and below that of the cuts.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public required double Sparsity { get; init; }
}

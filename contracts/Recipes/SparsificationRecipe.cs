using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>How much is pruned, by what rule, in how many cycles.</summary>
public sealed record SparsificationRecipe
{
    /// <summary>A registered pruner.</summary>
    [MethodAxis(MethodAxes.Pruner)]
    public MethodSpec Method { get; init; } = MethodSpec.Of("global-magnitude");

    /// <summary>Fraction of prunable weights that are zero at the end, in [0, 1).</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public required double Sparsity { get; init; }

    /// <summary>Prune–retrain cycles, 1 to 100.</summary>
    [Range(1, 100)]
    [DefaultValue(3)]
    public int Cycles { get; init; } = 3;

    /// <summary>Sparsity after each cycle: see the <c>sparsity-schedule</c> axis.</summary>
    [MethodAxis(MethodAxes.SparsitySchedule)]
    [DefaultValue("geometric")]
    public string Schedule { get; init; } = "geometric";

    /// <summary>Overrides the pruner's own spread over layers.</summary>
    [MethodAxis(MethodAxes.Allocation)]
    public string? Allocation { get; init; }

    [MethodAxis(MethodAxes.Structure)]
    [DefaultValue("unstructured")]
    public string Structure { get; init; } = "unstructured";

    /// <summary>Name patterns (* matches anything) of tensors never pruned.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>How much is pruned, by what rule, in how many cycles.</summary>
public sealed record SparsificationRecipe
{
    /// <summary>A registered pruner.</summary>
    [MethodAxis(MethodAxes.Pruner)]
    public MethodSpec Method { get; init; } = MethodSpec.Of(MethodDefaults.Pruner);

    /// <summary>Fraction of prunable weights that are zero at the end, in [0, 1); those that <see cref="Layers"/> names have their own.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public required double Sparsity { get; init; }

    /// <summary>Prune–retrain cycles, 1 to 100.</summary>
    [Range(1, 100)]
    [DefaultValue(3)]
    public int Cycles { get; init; } = 3;

    /// <summary>Examples of the training data whose way through the network pruners such as <c>wanda</c> and <c>sparsegpt</c> go by; all when there are fewer.</summary>
    [Range(1, 1_000_000)]
    [DefaultValue(256)]
    public int CalibrationExamples { get; init; } = 256;

    /// <summary>
    /// Whether pruners that go by examples cut layer after layer, in the order in which the network calls them, so that what comes into a layer has passed
    /// the cut ones before it. Takes one pass over the examples for each layer.
    /// </summary>
    [DefaultValue(false)]
    public bool Sequential { get; init; }

    /// <summary>A second mask that all others stay within; null lets any weight stay or grow.</summary>
    public CeilingRecipe? Ceiling { get; init; }

    /// <summary>Sparsity after each cycle: see the <c>sparsity-schedule</c> axis.</summary>
    [MethodAxis(MethodAxes.SparsitySchedule)]
    [DefaultValue("geometric")]
    public string Schedule { get; init; } = "geometric";

    /// <summary>
    /// Whether zeros of the network before the first cut stay zero, as if an earlier cut had made them: for weights that are sparse already, with
    /// <c>pretraining.epochs: 0</c>. With the pruner <c>none</c> they are all of the mask.
    /// </summary>
    [DefaultValue(false)]
    public bool KeepZeros { get; init; }

    /// <summary>Overrides the pruner's own spread over layers.</summary>
    [MethodAxis(MethodAxes.Allocation)]
    public string? Allocation { get; init; }

    [MethodAxis(MethodAxes.Structure)]
    [DefaultValue(MethodDefaults.Structure)]
    public string Structure { get; init; } = MethodDefaults.Structure;

    /// <summary>Name patterns (* matches anything) of tensors never pruned; one that matches nothing is refused.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>
    /// Name patterns of matrices and kernels that are pruned although they are embeddings, position tables or the like. Without it every
    /// floating-point matrix and kernel is pruned that is no embedding, norm, position table or bias.
    /// </summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>
    /// Name pattern → sparsity of the pruned tensors it matches, in [0, 1), which they have one by one instead of <see cref="Sparsity"/>; it grows
    /// over the cycles as that does. Write patterns in quotes.
    /// </summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public IReadOnlyDictionary<string, double>? Layers { get; init; }

    /// <summary>
    /// The network's last layer, whose outputs no structure removes and none of which may be dead: the name of its module or weights, or
    /// <c>none</c>. Null finds it by shapes and names.
    /// </summary>
    public string? OutputLayer { get; init; }
}

using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>What to prune, how much and by what rule.</summary>
public sealed record PruneRequest
{
    /// <summary>A registered pruner.</summary>
    public MethodSpec Method { get; init; } = MethodSpec.Of(GlobalMagnitudePruner.Name);

    /// <summary>Cumulative fraction of prunable weights that are zero afterwards, in [0, 1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>The mask of the cycle before; what it prunes stays pruned. Null for the first cut.</summary>
    public SparsityMask? PreviousMask { get; init; }

    /// <summary>A mask that the new one stays within, whatever the cycle before kept; null lets any weight stay.</summary>
    public SparsityMask? Ceiling { get; init; }

    /// <summary>Weights that were kept before a cut under a <see cref="Ceiling"/>, those that it takes too; null when there is none.</summary>
    internal long? KeptBefore { get; init; }

    /// <summary>Whether weights that are zero already count as cut before, when there is no <see cref="PreviousMask"/>.</summary>
    public bool KeepZeros { get; init; }

    /// <summary>A registered allocation; null takes the pruner's own.</summary>
    public string? Allocation { get; init; }

    /// <summary>A registered structure.</summary>
    public string Structure { get; init; } = UnstructuredStructure.Name;

    /// <summary>Tensors that are taken in or left out beyond the rule, those with sparsities of their own, and the last layer.</summary>
    public TensorSelection Tensors { get; init; } = TensorSelection.Default;

    /// <summary>Seed of pruners that draw; others ignore it.</summary>
    public long Seed { get; init; }

    /// <summary>What came into the layers on a sample, for pruners that go by it; open while pruning. Null when nothing was collected.</summary>
    public ILayerStatisticsSource? Statistics { get; init; }

    /// <summary>The layers, solved already by the same rule and statistics; open while pruning. Null where they are yet to be solved, and for pruners that solve none.</summary>
    public SolutionFile? Solution { get; init; }

    /// <summary>What a step asks for.</summary>
    /// <param name="spec">The step.</param>
    /// <param name="previous">Its mask of the cycle before, loaded.</param>
    /// <param name="script">Its model's file, which tells which tensors are what; null for models that are built in.</param>
    /// <param name="ceiling">Its <see cref="PruneSpec.Ceiling"/>, loaded.</param>
    public static PruneRequest Of(PruneSpec spec, SparsityMask? previous, string? script, SparsityMask? ceiling = null) =>
        Of(spec.Rule, script) with { PreviousMask = previous, Ceiling = ceiling, KeepZeros = spec.KeepZeros, Seed = spec.Seed };

    /// <summary>A cut by a rule, of whatever is cut.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="script">The model's file; null for models that are built in.</param>
    public static PruneRequest Of(CutRule rule, string? script) => new()
    {
        Method = rule.Method,
        Sparsity = rule.Sparsity,
        Allocation = rule.Allocation,
        Structure = rule.Structure,
        Tensors = Selections.Of(rule, script),
    };

    /// <summary>What a collection asks for that cuts layers on the way.</summary>
    /// <param name="cut">Its rule.</param>
    /// <param name="previous">The mask of the cycle before, loaded.</param>
    /// <param name="ceiling">Its <see cref="SequentialCut.Ceiling"/>, loaded.</param>
    public static PruneRequest Of(SequentialCut cut, SparsityMask? previous, SparsityMask? ceiling = null) =>
        Of(cut.Rule, script: null) with { PreviousMask = previous, Ceiling = ceiling, KeepZeros = cut.KeepZeros, Seed = cut.Seed };

    /// <summary>The same with all that may stay in <see cref="PreviousMask"/>: what the cycle before kept, or the zeros leave, and of it what is below the ceiling.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: the ceiling is over other tensors.</exception>
    internal PruneRequest Bounded(StateDict source)
    {
        var before = this is { KeepZeros: true, PreviousMask: null } ? ZeroMask.Of(source, Tensors) : PreviousMask;
        return Ceiling is null
            ? this with { PreviousMask = before }
            : this with { PreviousMask = before?.Intersect(Ceiling) ?? Ceiling, Ceiling = null, KeptBefore = before?.Kept ?? Ceiling.Total };
    }
}

using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>What rules ask about the pruner of a recipe.</summary>
internal static class PrunerTraits
{
    private const string Field = "sparsification.method";

    /// <summary>Name of the pruner when it draws by chance, so that no weight is more important to it than another; else null.</summary>
    public static string? DrawingPruner(RecipeDraft draft) => Given(draft) is { } pruner && pruner.Needs.HasFlag(MethodNeeds.Seed) ? pruner.Name : null;

    /// <summary>Name of the pruner when it prunes nothing; else null.</summary>
    public static string? IdlePruner(RecipeDraft draft) => Given(draft) is { } pruner && pruner.Traits.HasFlag(MethodTraits.Idle) ? pruner.Name : null;

    /// <summary>Name of the pruner when it goes by statistics of layer inputs; else null.</summary>
    public static string? StatisticsPruner(RecipeDraft draft) => Given(draft) is { } pruner && pruner.Needs.HasFlag(MethodNeeds.Statistics) ? pruner.Name : null;

    private static MethodInfo? Given(RecipeDraft draft) =>
        draft.MethodName(Field) is { } name && Pruners.Registry.Contains(name) ? Pruners.Registry.Find(name).Info : null;
}

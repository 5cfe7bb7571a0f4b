using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification;

/// <summary>Everything this assembly offers to recipes.</summary>
public static class SparsificationMethods
{
    /// <summary>Metadata of all pruners, allocations, structures, sparsity schedules and soups.</summary>
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. Of(Pruners.Registry), .. Of(Allocations.Registry), .. Of(Structures.Registry), .. Of(SparsitySchedules.Registry),
        .. Of(Soups.Registry),
    ];

    private static IEnumerable<MethodInfo> Of<T>(MethodRegistry<T> registry)
        where T : class, IMethod => registry.All.Select(m => m.Info);
}

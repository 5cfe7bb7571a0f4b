using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification;

/// <summary>Everything this assembly offers to recipes.</summary>
public static class SparsificationMethods
{
    /// <summary>Metadata of all pruners, allocations, structures and sparsity schedules.</summary>
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. Of(Pruners.Registry), .. Of(Allocations.Registry), .. Of(Structures.Registry), .. Of(SparsitySchedules.Registry),
    ];

    private static IEnumerable<MethodInfo> Of<T>(MethodRegistry<T> registry)
        where T : class, IMethod => registry.All.Select(m => m.Info);
}

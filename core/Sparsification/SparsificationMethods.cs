using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification;

/// <summary>Everything this assembly offers to recipes.</summary>
public static class SparsificationMethods
{
    /// <summary>Metadata of all pruners, allocations, structures, sparsity schedules, soups and mask policies.</summary>
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. Pruners.Registry.Infos,
        .. Allocations.Registry.Infos,
        .. Structures.Registry.Infos,
        .. SparsitySchedules.Registry.Infos,
        .. Soups.Registry.Infos,
        .. MaskPolicies.Registry.Infos,
    ];
}

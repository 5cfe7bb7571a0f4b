using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The registered allocations. A new one is a class here and a line in this list.</summary>
public static class Allocations
{
    public static MethodRegistry<IAllocation> Registry { get; } = new(
        MethodAxes.Allocation, new GlobalAllocation(), new UniformAllocation(), new ErkAllocation(), new LampAllocation());

    /// <inheritdoc cref="MethodRegistry{T}.Find(string)"/>
    public static IAllocation Find(string name) => Registry.Find(name);
}

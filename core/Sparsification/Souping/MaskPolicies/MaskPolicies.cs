using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>The registered mask policies. A new one is a class here and a line in this list.</summary>
public static class MaskPolicies
{
    public static MethodRegistry<IMaskPolicy> Registry { get; } = new(
        MethodAxes.MaskPolicy, new IntersectPolicy(), new UnionPolicy(), new RePrunePolicy());
}

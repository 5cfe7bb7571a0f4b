using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The registered structures. A new one is a class here and a line in this list.</summary>
public static class Structures
{
    public static MethodRegistry<IStructure> Registry { get; } = new(MethodAxes.Structure, new UnstructuredStructure());

    /// <inheritdoc cref="MethodRegistry{T}.Find(string)"/>
    public static IStructure Find(string name) => Registry.Find(name);
}

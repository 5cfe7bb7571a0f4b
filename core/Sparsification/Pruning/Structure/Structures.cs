using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The registered structures. A new one is a class here and a line in this list.</summary>
public static class Structures
{
    public static MethodRegistry<IStructure> Registry { get; } = new(
        MethodAxes.Structure,
        new UnstructuredStructure(),
        new NOfMStructure(2, 4, "Use for accelerators that multiply two of every four weights at twice the speed."),
        new NOfMStructure(4, 8, "Use to see what a freer choice is worth at the density of 2:4."),
        new NOfMStructure(1, 4, "Use where a pattern is wanted and half of the weights are too many."),
        new BlockStructure(1, 4, "Use for kernels that read weights four at a time; the finest of the blocks."),
        new BlockStructure(1, 16, "Use for wide vector units, which read sixteen weights of a row at a time."),
        new BlockStructure(4, 4, "Use for kernels that multiply small square blocks."),
        new RowStructure(),
        new ChannelStructure());

    /// <inheritdoc cref="MethodRegistry{T}.Find(string)"/>
    public static IStructure Find(string name) => Registry.Find(name);
}

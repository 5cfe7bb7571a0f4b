using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>A random change to one training example.</summary>
internal interface IAugmentation : IMethod
{
    /// <summary>Writes the changed example; it draws equally many numbers for every example.</summary>
    void Apply(ReadOnlySpan<byte> pixels, Span<byte> changed, InputShape shape, SeededRandom random);
}

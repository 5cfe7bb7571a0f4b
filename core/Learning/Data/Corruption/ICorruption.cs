using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>One way in which pictures go wrong, in five severities.</summary>
internal interface ICorruption : IMethod
{
    /// <summary>The corrupted picture; values may leave [0, 1], whoever asks cuts them off.</summary>
    /// <param name="picture">Left as it is.</param>
    /// <param name="severity">1, mild, to <see cref="Severities.Count"/>, severe.</param>
    /// <param name="random">The example's own stream, the same for all severities: what is random stays in place and only grows.</param>
    Picture Apply(Picture picture, int severity, SeededRandom random);
}

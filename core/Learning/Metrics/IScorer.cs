using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Measures a split while its batches come in, in the order of the examples; sums in double precision, so that they repeat.</summary>
internal interface IScorer
{
    /// <summary>Takes in the next examples.</summary>
    /// <param name="outputs">What each network says of them; several predict together.</param>
    /// <param name="batch">The examples.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: an output is not finite.</exception>
    void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch);

    /// <summary>All that was found.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: what networks are compared by is not finite.</exception>
    SplitReport Report();

    /// <summary>Which predictions are right; null for tasks that are not compared by that.</summary>
    CorrectExamples? Correctness() => null;

    /// <summary>What networks are compared by, example by example; null where the figure of a split is not the mean of these.</summary>
    IReadOnlyList<float>? Values() => null;
}

namespace SparsePipeline.Learning.Metrics;

/// <summary>A metric while predictions come in, in the order of the examples: sums in double precision, so that they repeat.</summary>
internal interface IMetricSum
{
    /// <summary>Takes in the next prediction.</summary>
    /// <param name="logProbabilities">One per class; none is NaN.</param>
    /// <param name="label">The class that is right.</param>
    void Add(ReadOnlySpan<float> logProbabilities, int label);

    /// <summary>The figure of all predictions taken in; null where they do not define it.</summary>
    double? Value { get; }
}

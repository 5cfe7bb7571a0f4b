using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics;

/// <summary>A figure of the predictions on one split that a recipe may ask for beside those that are always measured.</summary>
/// <remarks>Its <see cref="MethodInfo.Figure"/> says how reports show it.</remarks>
internal interface IMetric : IMethod
{
    /// <summary>Begins a split.</summary>
    /// <param name="classes">Number of classes.</param>
    IMetricSum Begin(int classes);
}

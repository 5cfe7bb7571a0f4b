using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tasks;

/// <summary>A task on one data set.</summary>
/// <param name="info">Of the task.</param>
internal abstract class LearningTask(MethodInfo info)
{
    public MethodInfo Info => info;

    /// <summary>By what networks are compared.</summary>
    public MeasureInfo Primary => info.Measures[0];

    /// <summary>Numbers that a network says of every example, or of every position of a text.</summary>
    public abstract int Outputs { get; }

    /// <summary>Whether outputs are logits of classes, which labels can be smoothed and mixed for and metrics of classes taken of.</summary>
    public virtual bool HasClasses => false;

    /// <summary>What a network says of a batch, row by row.</summary>
    public virtual torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, Batch batch) => Logits.Of(network, batch.Inputs);

    /// <summary>The mean loss of a batch, ready for its backward pass.</summary>
    /// <param name="outputs">Of <see cref="Predict"/>, in single precision.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="labelSmoothing">In [0, 1); 0 for tasks without classes.</param>
    public abstract torch.Tensor Loss(torch.Tensor outputs, Batch batch, double labelSmoothing);

    /// <summary>Begins to measure a split.</summary>
    /// <param name="split">The examples.</param>
    /// <param name="further">Metrics that were asked for besides, of tasks with classes.</param>
    public abstract IScorer Measure(Examples split, IReadOnlyList<IMetric> further);
}

using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>A task whose outputs are logits of classes: cross entropy, with label smoothing (Szegedy et al. 2016, arXiv 1512.00567) against (1 − ε)·label + ε/K for K classes.</summary>
/// <param name="info">Of the task.</param>
/// <param name="classes">Number of classes.</param>
internal abstract class ClassTask(MethodInfo info, int classes) : LearningTask(info)
{
    public override int Outputs => classes;

    public override bool HasClasses => true;

    public override torch.Tensor Loss(torch.Tensor outputs, Batch batch, double labelSmoothing) =>
        torch.nn.functional.cross_entropy(outputs, batch.Targets!, label_smoothing: labelSmoothing);

    /// <summary>What is told of an epoch.</summary>
    /// <param name="epoch">1-based.</param>
    /// <param name="loss">Mean cross entropy, finite.</param>
    /// <param name="right">Share of right predictions.</param>
    public abstract ValidationPoint Point(int epoch, double loss, double right);
}

using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Tasks;
using SparsePipeline.Learning.Tasks.Kinds;
using TorchSharp;

namespace SparsePipeline.Learning.Tests;

/// <summary>Losses of classification, without data.</summary>
internal static class Losses
{
    private static readonly LearningTask Classification = new ClassificationTask.Work(Trainings.Data);

    public static TrainingLoss Of(double labelSmoothing, string precision) => new(Classification, labelSmoothing, precision);

    public static Batch Batch(torch.Tensor inputs, torch.Tensor labels) => new([], inputs, labels);
}

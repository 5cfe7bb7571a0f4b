using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>Measures the network as it is, when somebody asks. It leaves no trace in the network but its mode, which the next epoch sets.</summary>
internal sealed class EpochScores(torch.nn.Module<torch.Tensor, torch.Tensor> network, DataSplits data)
{
    /// <summary>The training split without augmentation; costs about a third of an epoch.</summary>
    public SplitReport Training() => Scoring.Score(network, data.Training, data);

    /// <summary>The whole validation split.</summary>
    public SplitReport Validation() => Scoring.Score(network, data.Validation, data);
}

using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>A way to turn gradients into updates.</summary>
internal interface IOptimizerMethod : IMethod
{
    /// <summary>A fresh optimiser that the caller disposes.</summary>
    IOptimizer Create(torch.nn.Module network, TrainSpec spec, SparsityMask? mask, OptionValues options);
}

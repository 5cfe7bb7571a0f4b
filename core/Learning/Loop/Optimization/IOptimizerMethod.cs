using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>A way to turn gradients into updates.</summary>
internal interface IOptimizerMethod : IMethod
{
    /// <summary>A fresh optimiser of all parameters under their masks, that the caller disposes.</summary>
    IOptimizer Create(TrainingMasks masks, TrainSpec spec, OptionValues options);
}

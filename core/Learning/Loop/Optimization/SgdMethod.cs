using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary><see cref="SgdOptimizer"/> with the spec's momentum and weight decay.</summary>
internal sealed class SgdMethod : IOptimizerMethod
{
    public const string Name = "sgd";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Optimizer,
        Name = Name,
        Title = "SGD with momentum",
        UseWhen = "Use it by default. Its momentum is pretraining.momentum, Nesterov's iff the weight decay, an L2 penalty, is above 0.",
        Traits = MethodTraits.ReadsMomentum,
        Paper = "Sutskever, Martens, Dahl, Hinton: On the Importance of Initialization and Momentum in Deep Learning, ICML 2013",
    };

    public IOptimizer Create(TrainingMasks masks, TrainSpec spec, OptionValues options) =>
        new SgdOptimizer(masks, spec.Momentum, spec.WeightDecay);
}

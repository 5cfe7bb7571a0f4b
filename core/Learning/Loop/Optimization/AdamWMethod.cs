using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary><see cref="AdamWOptimizer"/> with the spec's weight decay.</summary>
internal sealed class AdamWMethod : IOptimizerMethod
{
    public const string Name = "adamw";

    private const string Beta1 = "beta1";
    private const string Beta2 = "beta2";
    private const string Epsilon = "epsilon";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Optimizer,
        Name = Name,
        Title = "Adam with decoupled weight decay",
        UseWhen = "Use it for transformers, at learning rates about a hundredth of SGD's and weight decays of 0.01 to 0.1, which shrink weights by rate · decay.",
        Paper = "Loshchilov, Hutter: Decoupled Weight Decay Regularization, ICLR 2019, arXiv 1711.05101",
        Options =
        [
            OptionInfo.Number(Beta1, "Decay of the mean of the gradients.", 0.9, minimum: 0, maximum: 0.999999),
            OptionInfo.Number(Beta2, "Decay of the mean of their squares.", 0.999, minimum: 0, maximum: 0.999999),
            OptionInfo.Number(Epsilon, "Added to the root of the mean square.", 1e-8, minimum: 1e-12, maximum: 1),
        ],
    };

    public IOptimizer Create(TrainingMasks masks, TrainSpec spec, OptionValues options) =>
        new AdamWOptimizer(masks, options.Number(Beta1), options.Number(Beta2), options.Number(Epsilon), spec.WeightDecay);
}

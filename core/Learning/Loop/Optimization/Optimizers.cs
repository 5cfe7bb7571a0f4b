using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>All optimisers; a new one is added here.</summary>
internal static class Optimizers
{
    public static MethodRegistry<IOptimizerMethod> Registry { get; } = new(
        MethodAxes.Optimizer,
        [
            new SgdMethod(),
            new AdamWMethod(),
        ]);

    /// <summary>The optimiser of a training.</summary>
    /// <exception cref="DomainException">It is unknown, or an option is wrong.</exception>
    public static IOptimizer Create(TrainSpec spec, TrainingMasks masks)
    {
        var chosen = spec.Optimizer ?? MethodSpec.Of(SgdMethod.Name);
        var method = Registry.Find(chosen);
        return method.Create(masks, spec, new OptionValues(method.Info, chosen.Options));
    }
}

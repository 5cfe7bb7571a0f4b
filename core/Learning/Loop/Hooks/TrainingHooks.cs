using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Hooks.Methods;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>All training hooks; a new one is added here.</summary>
internal static class TrainingHooks
{
    public static MethodRegistry<ITrainingHook> Registry { get; } = new(
        MethodAxes.Hook,
        [
            new RigLHook(),
            new SparseMomentumHook(),
            new HyperSparseHook(),
            new UnitNormHook(),
        ]);

    /// <summary>The hooks of a training, in its order.</summary>
    /// <exception cref="DomainException">One is unknown, or they do not go together.</exception>
    public static IReadOnlyList<(MethodSpec Spec, ITrainingHook Hook)> Of(TrainSpec spec)
    {
        var hooks = (spec.Hooks ?? []).Select(h => (h, Registry.Find(h))).ToList();
        return HookOrder.Problems([.. hooks.Select(h => h.Item2.Info)]) is { Count: > 0 } problems
            ? throw new DomainException(FailureCodes.InvalidOption, $"The hooks of the training do not go together: {string.Join("; ", problems)}.", "Change their order, or leave some out.")
            : hooks;
    }
}

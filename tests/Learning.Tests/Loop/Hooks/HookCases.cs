using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>Hooks in short trainings.</summary>
internal static class HookCases
{
    /// <summary>A third of the weights of the first layer, and all others.</summary>
    public static SparsityMask Mask { get; } = Masks.Of(("layers.0.weight", [16, 64], string.Concat(Enumerable.Range(0, 1024).Select(i => i % 3 == 0 ? '1' : '0'))));

    /// <summary>Options with which a hook acts in trainings of a few epochs; hooks that are not named do so with their defaults.</summary>
    public static MethodSpec Busy(string name) => name switch
    {
        "rigl" => MethodSpecs.Of(name, ("interval", 4)),
        "hyper-sparse" => MethodSpecs.Of(name, ("strength", 1e-3), ("growth", 1.2), ("stops", false)),
        "unit-norm" => MethodSpecs.Of(name, ("tensors", "layers.0.weight")),
        _ => MethodSpec.Of(name),
    };

    public static MethodSpec Neutral(string name) => new() { Name = name, Options = TrainingHooks.Registry.Find(name).Neutral };

    public static TrainingInputs Inputs(params MethodSpec[] hooks) => Inputs(Trainings.Spec, hooks);

    public static TrainingInputs Inputs(TrainSpec spec, params MethodSpec[] hooks) => Trainings.Inputs(spec with { Hooks = hooks.Length == 0 ? null : hooks }, mask: Mask);
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What is known of a step before its own result is looked up.</summary>
/// <param name="State">Waiting, ready or unreachable.</param>
/// <param name="Spec">The step when it is ready.</param>
internal readonly record struct Resolution(StepState State, StepSpec? Spec)
{
    public static Resolution Waiting { get; } = new(StepState.Waiting, null);

    public static Resolution Unreachable { get; } = new(StepState.Unreachable, null);

    public static Resolution Ready(StepSpec spec) => new(StepState.Ready, spec);
}

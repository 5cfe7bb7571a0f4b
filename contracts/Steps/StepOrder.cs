namespace SparsePipeline.Contracts;

/// <summary>What a step command says, whatever its kind.</summary>
/// <param name="RunId">The run it was sent for.</param>
/// <param name="Key">The step.</param>
/// <param name="Spec">What to do.</param>
public sealed record StepOrder<TSpec>(string RunId, string Key, TSpec Spec)
    where TSpec : StepSpec;

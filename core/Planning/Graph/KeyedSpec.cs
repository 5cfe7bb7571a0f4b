using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>A step whose inputs are known.</summary>
/// <param name="From">Results of its inputs, null for those that were left out.</param>
/// <param name="Key">Its key.</param>
/// <param name="Spec">What to do; null when this version does not know all that it says.</param>
internal sealed record KeyedSpec(IReadOnlyList<StepResult?> From, string Key, StepSpec? Spec);

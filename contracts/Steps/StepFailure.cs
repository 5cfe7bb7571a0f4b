namespace SparsePipeline.Contracts;

/// <summary>A domain failure: trying again would give the same. Anything else is an exception and is retried.</summary>
/// <param name="Code">One of <see cref="FailureCodes"/>.</param>
/// <param name="Reason">What was found, with the field and the value.</param>
/// <param name="Remedy">What the user can do about it.</param>
public sealed record StepFailure(string Code, string Reason, string Remedy);

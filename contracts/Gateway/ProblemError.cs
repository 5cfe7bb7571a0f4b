namespace SparsePipeline.Contracts;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Reason">What was found, with field and value.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Field">Where it is; null for the request as a whole.</param>
/// <param name="Line">1-based line of a recipe; null elsewhere.</param>
public sealed record ProblemError(string Code, string Reason, string Remedy, string? Field = null, long? Line = null);

namespace SparsePipeline.Checkpoints;

/// <summary>One thing that was verified.</summary>
/// <param name="Name"><c>digest</c>, <c>header</c>, <c>finite</c>, <c>mask</c>, <c>packed</c> or <c>zeros</c>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do, when it does not hold.</param>
public sealed record VerificationCheck(string Name, bool Passed, string Detail, string? Remedy = null);

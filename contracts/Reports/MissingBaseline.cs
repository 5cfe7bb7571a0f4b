namespace SparsePipeline.Contracts;

/// <summary>A baseline that was asked for and has no result.</summary>
/// <param name="Name">Its name on the <c>baseline</c> axis.</param>
/// <param name="Reason">What failed on the way to it, or that it has not been measured yet.</param>
public sealed record MissingBaseline(string Name, string Reason);

namespace SparsePipeline.Contracts;

/// <summary>What became of one event of a batch.</summary>
/// <param name="Id">The event's id; null when it could not be read.</param>
/// <param name="Status">The status it would have been answered alone.</param>
/// <param name="EventKey">Names it here; null when it was not taken in.</param>
/// <param name="Errors">Why it was not.</param>
public sealed record BatchAnswer(string? Id, int Status, string? EventKey = null, IReadOnlyList<ProblemError>? Errors = null);

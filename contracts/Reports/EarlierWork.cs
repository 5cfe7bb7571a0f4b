namespace SparsePipeline.Contracts;

/// <summary>The work that all results of a report come from, when the invocation that wrote the report found every one of them in the store.</summary>
/// <param name="SubmittedAt">When the run was submitted for it.</param>
/// <param name="WallSeconds">Its wall clock; where nobody wrote that down, the time in which at least one step was at work.</param>
/// <param name="Cached">Nodes whose results were there before it.</param>
public sealed record EarlierWork(DateTimeOffset SubmittedAt, double WallSeconds, IReadOnlyList<string> Cached);

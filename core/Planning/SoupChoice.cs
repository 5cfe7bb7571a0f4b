namespace SparsePipeline.Planning;

/// <summary>The decision to cook a soup from some of its candidates.</summary>
/// <param name="Node">The soup's node.</param>
/// <param name="CandidateKeys">Step keys of the chosen candidates, in candidate order.</param>
public sealed record SoupChoice(string Node, IReadOnlyList<string> CandidateKeys);

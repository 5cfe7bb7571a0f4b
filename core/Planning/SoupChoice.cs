using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The decision to cook a soup from some of its candidates.</summary>
/// <param name="Node">The soup's node and the start of the key of the cut its candidates come from,
/// for example <c>cycle-2/soup-0a1b2c3d4e5f</c>.</param>
/// <param name="CandidateKeys">Step keys of the chosen candidates, in candidate order.</param>
public sealed record SoupChoice(string Node, IReadOnlyList<string> CandidateKeys)
{
    /// <summary>The kind of step that is to begin without some: its workers record the choice.</summary>
    public string Kind { get; init; } = StepKinds.Soup;
}

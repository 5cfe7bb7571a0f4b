namespace SparsePipeline.Contracts;

/// <summary>The kinds of step there are; each has one worker service.</summary>
public static class StepKinds
{
    public const string Train = "train";
    public const string Prune = "prune";
    public const string Soup = "soup";
    public const string Evaluate = "evaluate";

    /// <summary>All kinds, in the order a cycle runs them.</summary>
    public static IReadOnlyList<string> All { get; } = [Train, Prune, Soup, Evaluate];
}

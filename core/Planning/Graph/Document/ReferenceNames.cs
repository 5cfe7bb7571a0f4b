namespace SparsePipeline.Planning;

/// <summary>Members of the JSON objects that stand for values in a compiled spec until they are known.</summary>
internal static class ReferenceNames
{
    /// <summary>Name of a node; beside it <see cref="Output"/> or <see cref="Metric"/>.</summary>
    public const string From = "$from";

    /// <summary>Place among the members that a <see cref="QuorumGate"/> admitted; beside it <see cref="Output"/> or <see cref="Metric"/>.</summary>
    public const string Member = "$member";

    /// <summary>The number of members, when some were left out, and otherwise nothing.</summary>
    public const string Partial = "$partial";

    public const string Output = "output";

    public const string Metric = "metric";

    /// <summary>Beside <see cref="Output"/>: what stands there when the node has no such output; null for nothing.</summary>
    public const string Otherwise = "otherwise";
}

namespace SparsePipeline.Planning;

/// <summary>What a spec reads of another node.</summary>
/// <param name="Node">The node; null for whichever member of the gate comes at this place.</param>
/// <param name="Output">Name of the output; null for a metric.</param>
/// <param name="Metric">Name of the metric; null for an output.</param>
/// <param name="InList">Whether it stands in an item of a list, which may be left out.</param>
/// <param name="IsOptional">Whether the node may lack the output.</param>
internal sealed record InputReference(string? Node, string? Output, string? Metric, bool InList, bool IsOptional = false);

using System.Text.Json.Serialization;

namespace SparsePipeline.Planning;

/// <summary>
/// The compiled graph of a run, stored once as <c>runs/{runId}/graph.json</c>: what every worker plans by, whatever its own version would make of
/// the recipe.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GraphDocument
{
    /// <summary>Raised when readers of the version before would plan it differently.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>SHA-256 of the recipe's canonical JSON, 64 lower-case hexadecimal digits; the run's id ends with the first twelve.</summary>
    public required string Recipe { get; init; }

    /// <summary>Name of the workflow it was compiled by.</summary>
    public required string Workflow { get; init; }

    /// <summary>The node whose checkpoint is what the run is for; null when it makes none.</summary>
    public string? Network { get; init; }

    /// <summary>In an order that respects dependencies.</summary>
    public required IReadOnlyList<GraphNodeDocument> Nodes { get; init; }

    /// <summary>Where baselines are measured, in the order they were asked for; null for none.</summary>
    public IReadOnlyList<BaselineNodes>? Baselines { get; init; }

    /// <summary>SHA-256 over all else of the document; null until it is written.</summary>
    public string? Digest { get; init; }
}

namespace SparsePipeline.Contracts;

/// <summary>What somebody who trains says: a new checkpoint of a model is there. The <c>data</c> of a CloudEvent of the type <see cref="EventTypes.CheckpointPublished"/>.</summary>
public sealed record CheckpointPublished
{
    /// <summary>What the publisher calls the model: words of lower-case letters and digits with hyphens between them, at most 64 characters.</summary>
    public required string Model { get; init; }

    /// <summary>The checkpoint, when it is in the store.</summary>
    public ArtifactRef? Checkpoint { get; init; }

    /// <summary>The upload that the checkpoint comes by, in place of <see cref="Checkpoint"/>; it need not be complete yet.</summary>
    public string? Upload { get; init; }

    /// <summary>An object <c>s3://bucket/key</c> of a bucket that the gateway reads, in place of both; it is fetched, hashed and verified.</summary>
    public string? Uri { get; init; }

    /// <summary>Which version of that object; null for the present one.</summary>
    public string? VersionId { get; init; }

    /// <summary>What that object has to hash to.</summary>
    public string? Sha256 { get; init; }

    /// <summary>A stored recipe that a run of this checkpoint is started with; null leaves that to subscriptions.</summary>
    public string? Recipe { get; init; }

    /// <summary>What the publisher measured, by name.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>Anything else that subscriptions may go by.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

namespace SparsePipeline.Contracts;

/// <summary>The document <c>uploads/{uploadId}.json</c>: a file that somebody may send. Its bytes are never under that name: they become a blob once they are verified.</summary>
public sealed record Upload
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string UploadId { get; init; }

    /// <summary>The id of the key it was opened with.</summary>
    public required string KeyId { get; init; }

    /// <summary>What is to be sent.</summary>
    public required ArtifactRef Artifact { get; init; }

    /// <summary>The sender's name for it, for people.</summary>
    public string? Name { get; init; }

    /// <summary>Base64url; signs the addresses that bytes may be sent to.</summary>
    public required string Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this nothing is taken for it, and a collection may delete the document.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether its bytes were received, verified and stored.</summary>
    public bool IsReceived { get; init; }
}

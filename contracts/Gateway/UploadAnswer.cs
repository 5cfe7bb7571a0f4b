namespace SparsePipeline.Contracts;

/// <summary>Where to send a file, or the file when it is there already.</summary>
public sealed record UploadAnswer
{
    /// <summary>The file, when nothing need be sent; all else is null then.</summary>
    public ArtifactRef? Artifact { get; init; }

    public string? UploadId { get; init; }

    /// <summary>Where the bytes go. It carries its own permission: send no key there.</summary>
    public string? Url { get; init; }

    /// <summary>PUT.</summary>
    public string? Method { get; init; }

    /// <summary>What to send beside the bytes.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Until when the address is good; asking again gives another.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Adoption;

/// <summary>The document <c>requests/adoptions/{adoptionId}.json</c>: an object that is to be taken into the store, and how far that has come.</summary>
public sealed record AdoptionState
{
    public const string Accepted = "accepted";
    public const string Done = "done";
    public const string Rejected = "rejected";

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string AdoptionId { get; init; }

    public required AdoptionRequest Request { get; init; }

    /// <summary>The id of the key it was asked for with.</summary>
    public required string KeyId { get; init; }

    /// <summary><see cref="Accepted"/>, <see cref="Done"/> or <see cref="Rejected"/>.</summary>
    public required string State { get; init; }

    /// <summary>What it is in the store, once it is done.</summary>
    public ArtifactRef? Artifact { get; init; }

    /// <summary>Why it was rejected.</summary>
    public StepFailure? Failure { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>After this a collection may delete the document, and the blob when nothing else refers to it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}

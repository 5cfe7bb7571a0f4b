namespace SparsePipeline.Contracts;

/// <summary>The document <c>keys/{keyId}.json</c>: who may use the gateway, without the secret that proves it.</summary>
public sealed record AccessKey
{
    /// <summary>12 characters of a–z and 2–7.</summary>
    public required string KeyId { get; init; }

    /// <summary>SHA-256 of the secret, 64 lower-case hexadecimal digits.</summary>
    public required string SecretHash { get; init; }

    /// <summary>One of <see cref="AccessRoles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Patterns of the models it may publish, in which <c>*</c> stands for anything; null for all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The federation of a key of role <see cref="AccessRoles.Client"/>; null for others.</summary>
    public string? Federation { get; init; }

    /// <summary>Which client of the federation it is; null for keys of other roles.</summary>
    public string? ClientId { get; init; }

    /// <summary>What it is for, in words.</summary>
    public string? Label { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of the key it was made with; null when it was made in the store.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null while it is valid.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

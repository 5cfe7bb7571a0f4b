using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Access;

/// <summary>A key as it is shown: not even the hash of its secret.</summary>
public sealed record KeyAnswer(
    string KeyId, string Role, IReadOnlyList<string>? Models, string? Label, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The federation of a client's key.</summary>
    public string? Federation { get; init; }

    /// <summary>Which client of it.</summary>
    public string? ClientId { get; init; }

    /// <summary>The id of the key it was made with; null when it was made in the store.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>What its holder sends; shown when it is made, this once.</summary>
    public string? Token { get; init; }

    internal static KeyAnswer Of(AccessKey key) => new(key.KeyId, key.Role, key.Models, key.Label, key.CreatedAt, key.ExpiresAt, key.RevokedAt)
    {
        Federation = key.Federation,
        ClientId = key.ClientId,
        CreatedBy = key.CreatedBy,
    };
}

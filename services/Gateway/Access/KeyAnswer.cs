using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Access;

/// <summary>A key as it is shown: not even the hash of its secret.</summary>
public sealed record KeyAnswer(
    string KeyId, string Role, IReadOnlyList<string>? Models, string? Label, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    internal static KeyAnswer Of(AccessKey key) => new(key.KeyId, key.Role, key.Models, key.Label, key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}

namespace SparsePipeline.Infrastructure.Access;

/// <summary>What a key is to be.</summary>
/// <param name="Role">One of <see cref="Contracts.AccessRoles"/>.</param>
/// <param name="Models">Patterns of the models it may publish; null for all.</param>
/// <param name="Label">What it is for.</param>
/// <param name="ExpiresAt">Null when it does not expire.</param>
public sealed record NewKey(string Role, IReadOnlyList<string>? Models = null, string? Label = null, DateTimeOffset? ExpiresAt = null);

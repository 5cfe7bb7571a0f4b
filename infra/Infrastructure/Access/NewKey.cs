namespace SparsePipeline.Infrastructure.Access;

/// <summary>What a key is to be.</summary>
/// <param name="Role">One of <see cref="Contracts.AccessRoles"/>.</param>
/// <param name="Models">Patterns of the models it may publish; null for all.</param>
/// <param name="Label">What it is for.</param>
/// <param name="ExpiresAt">Null when it does not expire.</param>
public sealed record NewKey(string Role, IReadOnlyList<string>? Models = null, string? Label = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>The federation of a client's key; null for other roles.</summary>
    public string? Federation { get; init; }

    /// <summary>Which client of it; null for other roles.</summary>
    public string? ClientId { get; init; }

    /// <summary>The id of the key it is made with; null when it is made in the store.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Names the request, so that to make the key again makes no second one; null makes another each time.</summary>
    public string? RequestId { get; init; }
}

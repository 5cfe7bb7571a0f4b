namespace SparsePipeline.Contracts;

/// <summary>The document <c>recipes/{name}.json</c>, and each of its versions <c>recipes/{name}/{version}.json</c>.</summary>
public sealed record StoredRecipe
{
    public required string Name { get; init; }

    /// <summary>The first 12 hexadecimal digits of the SHA-256 of <see cref="Text"/>.</summary>
    public required string Version { get; init; }

    /// <summary>As it was sent, in YAML or JSON.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>The id of the key it was stored with.</summary>
    public required string StoredBy { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}

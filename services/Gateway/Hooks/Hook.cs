namespace SparsePipeline.Gateway.Hooks;

/// <summary>The document <c>hooks/{name}.json</c>: an address that a program without a key sends signed messages to.</summary>
public sealed record Hook
{
    /// <summary>Messages as Standard Webhooks sign them.</summary>
    public const string Standard = "standard";

    public required string Name { get; init; }

    /// <summary><see cref="Standard"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The last part of its address: 32 hexadecimal digits that nobody can guess.</summary>
    public required string Path { get; init; }

    /// <summary>What messages are signed with: one secret, or two after a rotation, the newer first.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The model of messages that name none.</summary>
    public string? Model { get; init; }

    /// <summary>The stored recipe of messages that name none.</summary>
    public string? Recipe { get; init; }

    /// <summary>The id of the key it was made with.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it was deleted; the document stays.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}

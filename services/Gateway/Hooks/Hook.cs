namespace SparsePipeline.Gateway.Hooks;

/// <summary>The document <c>hooks/{name}.json</c>: an address that a program without a key sends signed messages to.</summary>
public sealed record Hook
{
    public required string Name { get; init; }

    /// <summary>Whose messages they are, such as <c>standard</c> or <c>s3</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The last part of its address: 32 hexadecimal digits that nobody can guess.</summary>
    public required string Path { get; init; }

    /// <summary>What messages are signed with, or the last part of the address where senders cannot sign: one secret, or two after a rotation, the newer first.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>The model of messages that name none.</summary>
    public string? Model { get; init; }

    /// <summary>The stored recipe of messages that name none.</summary>
    public string? Recipe { get; init; }

    /// <summary>Which of its messages are news of which model, in order; the first that fits counts.</summary>
    public IReadOnlyList<HookRule> Rules { get; init; } = [];

    /// <summary>Names the request that gave it its newest secret; null for hooks that are older than such requests.</summary>
    public string? RequestId { get; init; }

    /// <summary>The id of the key it was made with.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it was deleted; the document stays.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}

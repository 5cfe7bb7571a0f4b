namespace SparsePipeline.Contracts;

/// <summary>An architecture and its options, for example <c>mlp</c> with <c>hidden: [128, 64]</c>. Input and class counts come from the data.</summary>
public sealed record ModelSpec
{
    public required string Name { get; init; }

    public MethodOptions? Options { get; init; }
}

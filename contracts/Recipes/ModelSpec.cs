namespace SparsePipeline.Contracts;

/// <summary>An architecture and its options, for example <c>mlp</c> with <c>hidden: [128, 64]</c>. Input and class counts come from the data.</summary>
public sealed record ModelSpec
{
    public required string Name { get; init; }

    public MethodOptions? Options { get; init; }

    /// <summary>Path of the file the architecture is read from, in a recipe only: steps name its content by <see cref="Script"/>.</summary>
    public string? File { get; init; }

    /// <summary>The stored file, filled in when a run is submitted, so that another file means new steps and workers share no path.</summary>
    public ArtifactRef? Script { get; init; }

    /// <summary>The architecture.</summary>
    public NamedMethod Named() => new(MethodAxes.Model, Name);
}

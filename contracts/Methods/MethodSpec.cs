namespace SparsePipeline.Contracts;

/// <summary>A method chosen by name, with the options that differ from their defaults.</summary>
public sealed record MethodSpec
{
    public required string Name { get; init; }

    /// <summary>Option name → value; null when all options are at their defaults. Written sorted in the canonical form.</summary>
    public MethodOptions? Options { get; init; }

    /// <summary>A method with all options at their defaults.</summary>
    public static MethodSpec Of(string name) => new() { Name = name };
}

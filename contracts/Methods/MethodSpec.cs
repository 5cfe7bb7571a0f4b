namespace SparsePipeline.Contracts;

/// <summary>A method chosen by name, with the options that differ from their defaults.</summary>
public sealed record MethodSpec
{
    public required string Name { get; init; }

    /// <summary>The <see cref="MethodInfo.Version"/> whose result is meant; null for 1, so that methods which never changed keep their keys.</summary>
    public int? Version { get; init; }

    /// <summary>Option name → value; null when all options are at their defaults. Written sorted in the canonical form.</summary>
    public MethodOptions? Options { get; init; }

    /// <summary>A method with all options at their defaults.</summary>
    public static MethodSpec Of(string name) => new() { Name = name };

    /// <summary>A method as this installation has it, with all options at their defaults.</summary>
    public static MethodSpec Of(MethodInfo method) => new() { Name = method.Name, Version = method.Version == 1 ? null : method.Version };
}

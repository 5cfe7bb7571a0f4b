namespace SparsePipeline.Checkpoints;

/// <summary>A module of a script: its class as Python knows it, and its attributes.</summary>
internal sealed class ScriptObject(string type)
{
    public string Type => type;

    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);
}

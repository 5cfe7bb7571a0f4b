namespace SparsePipeline.Planning;

/// <summary>A value in a recipe and where it stands.</summary>
internal abstract record YamlNode(YamlPosition Position)
{
    /// <summary>What it is, for error messages.</summary>
    public abstract string Description { get; }
}

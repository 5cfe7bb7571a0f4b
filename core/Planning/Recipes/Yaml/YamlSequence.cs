namespace SparsePipeline.Planning;

/// <summary>A list.</summary>
internal sealed record YamlSequence(YamlPosition Position, IReadOnlyList<YamlNode> Items) : YamlNode(Position)
{
    public override string Description => "a list";
}

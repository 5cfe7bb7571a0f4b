namespace SparsePipeline.Planning;

/// <summary>Fields and their values; keys are unique.</summary>
internal sealed record YamlMapping(YamlPosition Position, IReadOnlyList<YamlField> Fields) : YamlNode(Position)
{
    public override string Description => "a group of fields";
}

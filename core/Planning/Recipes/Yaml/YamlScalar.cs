namespace SparsePipeline.Planning;

/// <summary>A single value.</summary>
/// <param name="Position">Where it starts.</param>
/// <param name="Text">Without quotes.</param>
/// <param name="Quoted">Quoted values are texts, whatever they look like.</param>
internal sealed record YamlScalar(YamlPosition Position, string Text, bool Quoted) : YamlNode(Position)
{
    public bool IsNull => !Quoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    public override string Description => IsNull ? "empty" : Quoted ? $"the text \"{Text}\"" : $"'{Text}'";
}

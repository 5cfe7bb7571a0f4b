namespace SparsePipeline.Planning;

/// <summary>One field of a mapping.</summary>
internal sealed record YamlField(YamlScalar Key, YamlNode Value);

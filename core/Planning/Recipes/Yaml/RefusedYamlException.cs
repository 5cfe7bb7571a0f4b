using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SparsePipeline.Planning;

/// <summary>YAML that is well formed and that recipes do not take.</summary>
internal sealed class RefusedYamlException(ParsingEvent at, string reason, string remedy) : YamlException(at.Start, at.End, reason)
{
    public string Remedy => remedy;
}

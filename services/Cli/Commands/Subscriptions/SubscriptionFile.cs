using System.Text.Json;
using SparsePipeline.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SparsePipeline.Cli.Commands.Subscriptions;

/// <summary>A subscription as somebody wrote it down, in YAML, of which JSON is a part.</summary>
internal static class SubscriptionFile
{
    /// <summary>Its name, and all of it as JSON; what is wrong with its fields the gateway says.</summary>
    /// <exception cref="DomainException">It cannot be read, or has no name.</exception>
    public static (string Name, JsonElement Rules) Read(string path, string text)
    {
        var rules = JsonSerializer.Deserialize<JsonElement>(ToJson(path, text));
        return rules.ValueKind == JsonValueKind.Object && rules.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } said
            ? (said, rules)
            : throw new DomainException(FailureCodes.InvalidOption, $"{path} has no name.", "Begin it with `name: ` and words of lower-case letters and digits with hyphens between them.");
    }

    private static string ToJson(string path, string text)
    {
        try
        {
            var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build().Deserialize(text);
            return new SerializerBuilder().JsonCompatible().Build().Serialize(tree);
        }
        catch (YamlException wrong)
        {
            throw new DomainException(FailureCodes.InvalidOption, $"{path}, line {wrong.Start.Line}: {wrong.Message}", "Write it as docs/gateway.md shows.");
        }
    }
}

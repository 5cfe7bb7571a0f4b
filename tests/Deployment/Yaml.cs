using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SparsePipeline.Deployment;

/// <summary>YAML as maps, lists and strings.</summary>
internal static class Yaml
{
    /// <summary>One document, its merge keys (<c>&lt;&lt;</c>) carried out.</summary>
    public static Dictionary<object, object> Read(string text) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(text))));

    /// <summary>Every document of a stream that holds something.</summary>
    public static IReadOnlyList<Dictionary<object, object>> ReadAll(string text)
    {
        var parser = new Parser(new StringReader(text));
        var deserializer = new DeserializerBuilder().Build();
        var documents = new List<Dictionary<object, object>>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            if (deserializer.Deserialize<Dictionary<object, object>?>(parser) is { } document)
                documents.Add(document);
        }
        return documents;
    }

    /// <summary>What is at a path of keys; null when one is missing.</summary>
    public static object? At(this object? node, params string[] path) =>
        path.Aggregate(node, (at, key) => at is IDictionary<object, object> map && map.TryGetValue(key, out var next) ? next : null);

    /// <summary>A map below a path; empty when there is none.</summary>
    public static IReadOnlyDictionary<string, object?> MapAt(this object? node, params string[] path) => node.At(path) is IDictionary<object, object> map
        ? map.ToDictionary(entry => (string)entry.Key, object? (entry) => entry.Value, StringComparer.Ordinal)
        : new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>A list below a path; empty when there is none.</summary>
    public static IReadOnlyList<object> ListAt(this object? node, params string[] path) => node.At(path) is IEnumerable<object> list ? [.. list] : [];

    /// <summary>A scalar below a path.</summary>
    public static string? TextAt(this object? node, params string[] path) => node.At(path) as string;
}

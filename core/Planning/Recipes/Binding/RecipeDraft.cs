using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The recipe as far as it could be read: valid fields as JSON, and where every field stands.</summary>
internal sealed class RecipeDraft(ErrorList errors)
{
    private readonly Dictionary<string, YamlNode> _nodes = new(StringComparer.Ordinal);

    public ErrorList Errors => errors;

    public JsonObject Root { get; set; } = [];

    public void Locate(string field, YamlNode node) => _nodes[field] = node;

    public bool IsGiven(string field) => _nodes.ContainsKey(field);

    /// <summary>False when the field is given and wrong, which was reported; a field that is not given has its default.</summary>
    public bool TryValue<T>(string field, T standard, out T value)
    {
        value = standard;
        if (!IsGiven(field)) return true;
        if (Node(field) is not { } node) return false;
        value = node.Deserialize<T>()!;
        return true;
    }

    /// <summary>Name of the method a field holds; null when it is not given, or wrong, which was reported.</summary>
    public string? MethodName(string field) => (string?)Node($"{field}.name");

    /// <summary>The method of an axis that a field holds, as a name or with options; null when it is not given, or wrong, which was reported.</summary>
    public MethodInfo? Method(string field, string axis, MethodCatalog catalog) =>
        (Node(field) is JsonValue bare ? (string?)bare : MethodName(field)) is { } name ? catalog.Find(axis, name) : null;

    public void Refuse(string field, string reason, string remedy) => errors.Add(_nodes[field], field, reason, remedy);

    private JsonNode? Node(string field) => field.Split('.').Aggregate((JsonNode?)Root, (node, name) => (node as JsonObject)?[name]);
}

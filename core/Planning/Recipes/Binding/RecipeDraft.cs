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

    /// <summary>A field that has to be there and is not.</summary>
    public void RefuseMissing(string field)
    {
        var section = field.LastIndexOf('.') is > 0 and var end ? field[..end] : "";
        errors.Add(_nodes.GetValueOrDefault(section) ?? _nodes[""], field, "The field is missing.", $"Add '{field[(field.LastIndexOf('.') + 1)..]}:'; it has no default.");
    }

    /// <summary>Gives a field of a section that is there a value that follows from others; it then counts as given.</summary>
    public void Fix(string field, int value)
    {
        var (section, name) = (field[..field.LastIndexOf('.')], field[(field.LastIndexOf('.') + 1)..]);
        if (Node(section) is not JsonObject parent) return;
        parent[name] = value;
        _nodes[field] = _nodes[section];
    }

    public void Refuse(string field, string reason, string remedy) => errors.Add(_nodes[field], field, reason, remedy);

    private JsonNode? Node(string field) => field.Split('.').Aggregate((JsonNode?)Root, (node, name) => (node as JsonObject)?[name]);
}

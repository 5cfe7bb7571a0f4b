using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Turns YAML into the JSON of a contract record, guided by the record itself: names, types and required members from
/// its JSON contract, ranges and known names from its attributes. A new field of a recipe needs no line here.
/// </summary>
internal sealed class RecordBinder(MethodCatalog catalog, RecipeDraft draft)
{
    private const string MethodName = "name";
    private readonly MethodBinder _methods = new(catalog, draft);
    private readonly OptionBinder _options = new(draft);

    /// <summary>The value as JSON without what is wrong in it; null when nothing of it is usable.</summary>
    public JsonNode? Bind(YamlNode node, Type type, string path, ICustomAttributeProvider? attributes = null)
    {
        draft.Locate(path, node);
        if (node is YamlScalar { IsNull: true })
        {
            draft.Refuse(path, "There is no value.", path.Length == 0 ? "Write a recipe." : "Give one, or remove the line for the default.");
            return null;
        }

        if (type == typeof(MethodSpec) || type == typeof(ModelSpec)) return _methods.Bind(node, FieldRules.Axis(attributes)!, path);
        if (FieldRules.ItemType(type) is { } item) return Items(node, item, path, attributes);
        if (FieldRules.ValueType(type) is { } value) return Named(node, value, path, attributes);
        return FieldRules.IsScalar(type) ? Scalar(node, type, path, attributes) : Fields(node, type, path);
    }

    private JsonNode? Scalar(YamlNode node, Type type, string path, ICustomAttributeProvider? attributes)
    {
        if (FieldRules.Axis(attributes) is { } axis && node is YamlScalar name)
            return _methods.Find(name, axis, path) is { } method ? JsonValue.Create(method.Name) : null;
        var value = ScalarBinder.Bind(node, type, out var problem);
        problem ??= FieldRules.Problem(value!, attributes);
        if (problem is null) return value;
        draft.Refuse(path, problem.Reason, problem.Remedy);
        return null;
    }

    private JsonArray? Items(YamlNode node, Type item, string path, ICustomAttributeProvider? attributes)
    {
        if (node is YamlScalar { Text: MethodAxisAttribute.Everything } && FieldRules.AllowsEverything(attributes))
            return [.. catalog.Names(FieldRules.Axis(attributes)!).Select(n => JsonValue.Create(n))];
        if (node is not YamlSequence sequence)
        {
            var remedy = FieldRules.AllowsEverything(attributes) ? $"Write a list, [a, b, c], or {MethodAxisAttribute.Everything}." : "Write a list: [a, b, c].";
            draft.Refuse(path, $"The value is {node.Description}.", remedy);
            return null;
        }

        var items = sequence.Items.Select((n, i) => Bind(n, item, $"{path}[{i}]", attributes)).ToList();
        return items.Contains(null) ? null : [.. items];
    }

    /// <summary>A mapping whose keys are the writer's own, in ordinal order: which line comes first says nothing.</summary>
    private JsonObject? Named(YamlNode node, Type value, string path, ICustomAttributeProvider? attributes)
    {
        if (node is not YamlMapping mapping)
        {
            draft.Refuse(path, $"The value is {node.Description}.", "Write 'NAME: VALUE' in indented lines below it.");
            return null;
        }

        var bound = mapping.Fields.OrderBy(f => f.Key.Text, StringComparer.Ordinal)
            .Select(f => KeyValuePair.Create(f.Key.Text, Bind(f.Value, value, $"{path}['{f.Key.Text}']", attributes))).ToList();
        return bound.Exists(b => b.Value is null) ? null : new JsonObject(bound);
    }

    private JsonObject? Fields(YamlNode node, Type type, string path)
    {
        if (node is not YamlMapping mapping)
        {
            draft.Refuse(path, $"The value is {node.Description}.", "Write its fields in indented lines below it.");
            return null;
        }

        var contract = ContractJson.Options.GetTypeInfo(type).Properties;
        var properties = contract.Where(FieldRules.IsWritten).ToDictionary(p => p.Name, StringComparer.Ordinal);
        var bound = new JsonObject();
        foreach (var field in mapping.Fields)
        {
            var name = Join(path, field.Key.Text);
            if (properties.TryGetValue(field.Key.Text, out var property) && property.PropertyType == typeof(MethodOptions))
                continue;
            if (contract.Any(p => p.Name == field.Key.Text && FieldRules.IsResolved(p)))
                continue;
            if (property is not null)
                Set(bound, property, Bind(field.Value, property.PropertyType, name, property.AttributeProvider));
            else
                draft.Errors.Add(field.Key, name, "There is no such field.", Known(field.Key.Text, properties.Keys));
        }

        foreach (var options in properties.Values.Where(p => p.PropertyType == typeof(MethodOptions)))
            SetOptions(bound, options, mapping, path);
        ReportMissing(mapping, properties.Values, path);
        return bound;
    }

    /// <summary>Options that stand beside their method's name: what they may be, the name says.</summary>
    private void SetOptions(JsonObject bound, JsonPropertyInfo property, YamlMapping mapping, string path)
    {
        var axis = FieldRules.Axis(property.AttributeProvider)!;
        if (mapping.Fields.FirstOrDefault(f => f.Key.Text == MethodName)?.Value is not YamlScalar name || catalog.Find(axis, name.Text) is not { } method) return;
        var given = mapping.Fields.FirstOrDefault(f => f.Key.Text == property.Name)?.Value;
        var options = _options.Bind(method, given, name, Join(path, property.Name));
        if (options.Count > 0) bound[property.Name] = options;
    }

    private void ReportMissing(YamlMapping mapping, IEnumerable<JsonPropertyInfo> properties, string path)
    {
        var given = mapping.Fields.Select(f => f.Key.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var property in properties.Where(p => p.IsRequired && !given.Contains(p.Name)))
            draft.Errors.Add(mapping, Join(path, property.Name), "The field is missing.", $"Add '{property.Name}:'; it has no default.");
    }

    // Within braces a comma ends the value: `{ sparsity: 0,9 }` has a field that is called 9.
    private static string Known(string name, IReadOnlyCollection<string> known) => name.Length > 0 && name.All(char.IsAsciiDigit)
        ? "Write decimals with a point, as in 0.9: a comma begins the next field."
        : NameSuggestion.For(name, known);

    private static void Set(JsonObject bound, JsonPropertyInfo property, JsonNode? value)
    {
        if (value is not null) bound[property.Name] = value;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The schema of a contract record and all it contains: the counterpart of <see cref="RecordBinder"/>.</summary>
internal sealed class RecordSchema(MethodCatalog catalog)
{
    private readonly MethodSchema _methods = new(catalog);

    public JsonObject Of(Type type)
    {
        // Records whose required members are missing exist only here, to ask them for their defaults.
        var standard = Activator.CreateInstance(type)!;
        var contract = ContractJson.Options.GetTypeInfo(type).Properties.Where(FieldRules.IsWritten).ToList();
        return new()
        {
            ["description"] = ContractSummaries.Of(type),
            ["type"] = "object",
            ["properties"] = new JsonObject(contract.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Of(p, standard)))),
            ["required"] = new JsonArray([.. contract.Where(p => p.IsRequired).Select(p => JsonValue.Create(p.Name))]),
            ["additionalProperties"] = false,
        };
    }

    private JsonObject Of(JsonPropertyInfo property, object standard)
    {
        var schema = Of(property.PropertyType, property.AttributeProvider);
        if (property.AttributeProvider is PropertyInfo info && ContractSummaries.Of(info) is { Length: > 0 } summary) schema["description"] = summary;
        if (!property.IsRequired && Default(property.Get!(standard)) is { } value) schema["default"] = value;
        return schema;
    }

    private JsonObject Of(Type type, ICustomAttributeProvider? attributes)
    {
        if (type == typeof(MethodSpec) || type == typeof(ModelSpec)) return _methods.Spec(FieldRules.Axis(attributes)!);
        if (type == typeof(MethodOptions)) return _methods.Options(FieldRules.Axis(attributes)!);
        if (FieldRules.ItemType(type) is { } item) return List(Of(item, attributes), FieldRules.AllowsEverything(attributes));
        if (FieldRules.ValueType(type) is { } value) return new() { ["type"] = "object", ["additionalProperties"] = Of(value, attributes) };
        if (!FieldRules.IsScalar(type)) return Of(type);
        return FieldRules.Axis(attributes) is { } axis ? _methods.Name(axis) : ScalarSchema.Of(type, attributes);
    }

    private static JsonObject List(JsonObject item, bool allowsEverything)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item };
        return allowsEverything ? new() { ["anyOf"] = new JsonArray(list, new JsonObject { ["const"] = MethodAxisAttribute.Everything }) } : list;
    }

    private static JsonValue? Default(object? value) => value switch
    {
        MethodSpec method => JsonValue.Create(method.Name),
        string text => JsonValue.Create(text),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        _ => null,
    };
}

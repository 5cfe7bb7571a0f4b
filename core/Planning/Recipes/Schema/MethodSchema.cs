using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The schema of what names a method: its name alone, or with options.</summary>
internal sealed class MethodSchema(MethodCatalog catalog)
{
    /// <summary>A name of the axis.</summary>
    public JsonObject Name(string axis) => new() { ["type"] = "string", ["enum"] = Strings(catalog.Names(axis)) };

    /// <summary>A name whose options all have defaults, or any method with its options.</summary>
    public JsonObject Spec(string axis)
    {
        List<MethodInfo> methods = [.. catalog.Methods.Where(m => m.Axis == axis)];
        var bare = new JsonObject
        {
            ["type"] = "string",
            ["enum"] = Strings(methods.Where(m => m.File is null && m.Options.All(o => o.Default is not null)).Select(m => m.Name)),
        };
        return new() { ["anyOf"] = new JsonArray([bare, .. methods.Select(WithOptions)]) };
    }

    /// <summary>The options of any method of the axis, where they stand beside its name.</summary>
    public JsonObject Options(string axis) => new()
    {
        ["anyOf"] = new JsonArray([.. catalog.Methods.Where(m => m.Axis == axis).Select(Titled)]),
    };

    private static JsonObject Titled(MethodInfo method)
    {
        var options = Options(method);
        options.Insert(0, "title", method.Name);
        return options;
    }

    private static JsonObject WithOptions(MethodInfo method) => new()
    {
        ["title"] = method.Title,
        ["description"] = method.Paper is null ? method.UseWhen : $"{method.UseWhen} {method.Paper}.",
        ["type"] = "object",
        ["properties"] = Properties(method),
        ["required"] = Strings(Required(method)),
        ["additionalProperties"] = false,
    };

    private static JsonObject Properties(MethodInfo method)
    {
        var properties = new JsonObject
        {
            ["name"] = new JsonObject { ["const"] = method.Name },
            ["options"] = Options(method),
        };
        if (method.Version != 1) properties["version"] = new JsonObject { ["const"] = method.Version };
        if (method.File is { } file) properties["file"] = new JsonObject { ["type"] = "string", ["description"] = file };
        return properties;
    }

    private static IEnumerable<string> Required(MethodInfo method)
    {
        yield return "name";
        if (method.Options.Any(o => o.Default is null)) yield return "options";
        if (method.File is not null) yield return "file";
    }

    private static JsonObject Options(MethodInfo method) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(method.Options.Select(o => KeyValuePair.Create(o.Name, (JsonNode?)Option(o)))),
        ["required"] = Strings(method.Options.Where(o => o.Default is null).Select(o => o.Name)),
        ["additionalProperties"] = false,
    };

    private static JsonObject Option(OptionInfo option)
    {
        var isList = option.Type is OptionTypes.Integers or OptionTypes.Numbers;
        var value = new JsonObject { ["type"] = option.Type.TrimEnd('s') };
        if (option.Minimum is { } minimum) value["minimum"] = minimum;
        if (option.Maximum is { } maximum) value["maximum"] = maximum;
        var schema = isList ? new JsonObject { ["type"] = "array", ["items"] = value } : value;
        schema["description"] = option.Description;
        if (option.Default is { } standard) schema["default"] = JsonSerializer.SerializeToNode(standard);
        return schema;
    }

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];
}

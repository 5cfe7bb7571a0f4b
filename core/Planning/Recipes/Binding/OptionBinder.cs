using System.Text.Json;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Reads a method's options by what the method says about them.</summary>
internal sealed class OptionBinder(RecipeDraft draft)
{
    /// <summary>Options that differ from their defaults.</summary>
    public JsonObject Bind(MethodInfo method, YamlNode? options, YamlScalar at, string path)
    {
        var bound = new JsonObject();
        if (options is not (null or YamlMapping))
            draft.Errors.Add(options, path, $"The value is {options.Description}.", "Write the options in indented lines below it.");
        foreach (var field in (options as YamlMapping)?.Fields ?? [])
        {
            if (method.Options.FirstOrDefault(o => o.Name == field.Key.Text) is { } option)
                Set(bound, option, field.Value, $"{path}.{option.Name}");
            else
                draft.Errors.Add(field.Key, $"{path}.{field.Key.Text}", $"The {method.Axis} '{method.Name}' has no such option.", Known(method, field.Key.Text));
        }

        ReportMissing(method, options, at, path);
        return bound;
    }

    private void Set(JsonObject bound, OptionInfo option, YamlNode node, string path)
    {
        draft.Locate(path, node);
        var value = OptionValue.Read(option, node, out var problem);
        if (problem is not null) draft.Errors.Add(node, path, problem.Reason, problem.Remedy);
        else if (!IsDefault(option, value!)) bound[option.Name] = value;
    }

    private void ReportMissing(MethodInfo method, YamlNode? options, YamlScalar at, string path)
    {
        var given = (options as YamlMapping)?.Fields.Select(f => f.Key.Text).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var option in method.Options.Where(o => o.Default is null && !given.Contains(o.Name)))
            draft.Errors.Add(at, $"{path}.{option.Name}", $"The {method.Axis} '{method.Name}' needs this option.", option.Description);
    }

    private static string Known(MethodInfo method, string name) =>
        method.Options.Count == 0 ? "It has none." : NameSuggestion.For(name, [.. method.Options.Select(o => o.Name)]);

    private static bool IsDefault(OptionInfo option, JsonNode value) =>
        option.Default is { } standard && JsonNode.DeepEquals(JsonSerializer.SerializeToNode(standard), value);
}

using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Reads methods: a name, or <c>name</c> and <c>options</c>. Options that equal their defaults are dropped, so that
/// writing a default out changes neither the run's id nor any step's key.
/// </summary>
internal sealed class MethodBinder(MethodCatalog catalog, RecipeDraft draft)
{
    private const string Name = "name";
    private const string Options = "options";
    private const string File = "file";
    private const string Version = "version";

    /// <summary>The method of an axis that a value names, or null after reporting that there is none.</summary>
    public MethodInfo? Find(YamlScalar name, string axis, string path)
    {
        if (catalog.Find(axis, name.Text) is { } method) return method;
        draft.Errors.Add(name, path, $"There is no {axis} '{name.Text}'.", NameSuggestion.For(name.Text, catalog.Names(axis).ToList()));
        return null;
    }

    /// <summary>The JSON of a <see cref="MethodSpec"/> or <see cref="ModelSpec"/>.</summary>
    public JsonNode? Bind(YamlNode node, string axis, string path)
    {
        if (node is YamlScalar name) return Find(name, axis, path) is { } method ? Spec(method, null, name, path) : null;
        if (node is not YamlMapping mapping) return Refuse(path, node);
        RefuseOtherFields(mapping, axis, path);
        var named = mapping.Fields.FirstOrDefault(f => f.Key.Text == Name)?.Value;
        if (named is not YamlScalar { IsNull: false } scalar) return Refuse(path, named ?? node);
        var options = mapping.Fields.FirstOrDefault(f => f.Key.Text == Options)?.Value;
        var file = mapping.Fields.FirstOrDefault(f => f.Key.Text == File)?.Value;
        if (Find(scalar, axis, $"{path}.{Name}") is not { } found) return null;
        CheckVersion(found, mapping.Fields.FirstOrDefault(f => f.Key.Text == Version)?.Value, $"{path}.{Version}");
        return Spec(found, options, scalar, path, file);
    }

    private JsonObject Spec(MethodInfo method, YamlNode? options, YamlScalar at, string path, YamlNode? file = null)
    {
        var spec = new JsonObject { [Name] = method.Name };
        if (method.Version != 1) spec[Version] = method.Version;
        var bound = new OptionBinder(draft).Bind(method, options, at, $"{path}.{Options}");
        if (bound.Count > 0) spec[Options] = bound;
        if (FileOf(method, file, at, $"{path}.{File}") is { } name) spec[File] = name;
        return spec;
    }

    private string? FileOf(MethodInfo method, YamlNode? file, YamlScalar at, string path)
    {
        if (method.File is null && file is not null)
            draft.Errors.Add(file, path, $"The {method.Axis} '{method.Name}' is built in and reads no file.", "Remove the line.");
        if (method.File is null || file is YamlScalar { IsNull: false, Text.Length: > 0 }) return (file as YamlScalar)?.Text;
        draft.Errors.Add(file ?? at, path, $"The {method.Axis} '{method.Name}' is read from a file.", $"Add '{File}:' with its path. {method.File}");
        return null;
    }

    // Nobody needs to write it; recipes that were stored have it.
    private void CheckVersion(MethodInfo method, YamlNode? version, string path)
    {
        if (version is null || (version as YamlScalar)?.Text == method.Version.ToString()) return;
        draft.Errors.Add(
            version, path, $"The {method.Axis} '{method.Name}' is of version {method.Version} here.", "Remove the line, or use the SparsePipeline that has the version.");
    }

    private void RefuseOtherFields(YamlMapping mapping, string axis, string path)
    {
        foreach (var field in mapping.Fields.Where(f => f.Key.Text is not (Name or Options or Version) && (f.Key.Text != File || axis != MethodAxes.Model)))
        {
            draft.Errors.Add(
                field.Key, $"{path}.{field.Key.Text}", "There is no such field.", $"A method has '{Name}' and '{Options}'; its own settings go under '{Options}'.");
        }
    }

    private JsonNode? Refuse(string path, YamlNode node)
    {
        draft.Errors.Add(
            node, path, $"The value is {node.Description} without a method's name.", $"Write the method's name, or '{Name}:' and '{Options}:' below it.");
        return null;
    }
}

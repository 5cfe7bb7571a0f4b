using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Settings;

/// <summary>A recipe as it was run: every setting there is, with the defaults filled in.</summary>
/// <param name="catalog">Knows the methods' options.</param>
internal sealed class RecipeSettings(MethodCatalog catalog)
{
    private readonly List<RecipeSetting> _all = [];

    /// <summary>All settings, in the order of the recipe's fields.</summary>
    public static IReadOnlyList<RecipeSetting> Of(Recipe recipe, MethodCatalog catalog)
    {
        var settings = new RecipeSettings(catalog);
        settings.AddFields(recipe, typeof(Recipe), "");
        return [.. settings._all.Select(s => UnsetSettings.Resolve(s, recipe, catalog))];
    }

    private void AddFields(object record, Type type, string path)
    {
        // Records whose required members are missing exist only here, to ask them for their defaults.
        var standard = Activator.CreateInstance(type)!;
        foreach (var property in ContractJson.Options.GetTypeInfo(type).Properties.Where(p => p.Get is not null && p.AttributeProvider?.IsDefined(typeof(ResolvedAttribute), inherit: false) != true))
            AddField(property, property.Get!(record), property.IsRequired ? null : property.Get!(standard), path + property.Name);
    }

    private void AddField(JsonPropertyInfo property, object? value, object? standard, string path)
    {
        var axis = property.AttributeProvider?.GetCustomAttributes(typeof(MethodAxisAttribute), inherit: false).OfType<MethodAxisAttribute>().FirstOrDefault()?.Axis;
        if (value is MethodSpec method)
            AddMethod(path, method.Name, (standard as MethodSpec)?.Name ?? UnsetSettings.None, method.Options, axis!);
        else if (value is ModelSpec model)
            AddModel(path, model);
        else if (value is DataSpec data)
            AddData(path, data);
        else if (property.PropertyType.Namespace == typeof(Recipe).Namespace && value is not (null or ArtifactRef or MethodOptions))
            AddFields(value, property.PropertyType, path + ".");
        else if (property.PropertyType != typeof(MethodOptions))
            _all.Add(new(path, Text(value), property.IsRequired ? null : Text(standard)));
    }

    private void AddMethod(string path, string name, string? standard, MethodOptions? options, string axis)
    {
        _all.Add(new(path, name, standard));
        AddOptions($"{path}.options.", catalog.Find(axis, name), options);
    }

    private void AddModel(string path, ModelSpec model)
    {
        AddMethod($"{path}.name", model.Name, standard: null, options: null, axis: "");
        AddOptions($"{path}.options.", catalog.Find(MethodAxes.Model, model.Name), model.Options);
        if (model.Script is { } script)
            _all.Add(new($"{path}.file", $"SHA-256 {script.Digest[..12]}…", Default: null));
    }

    private void AddData(string path, DataSpec data)
    {
        AddFields(data with { Digest = null }, typeof(DataSpec), path + ".");
        AddOptions($"{path}.options.", catalog.Find(MethodAxes.Data, data.Name), data.Options);
    }

    private void AddOptions(string path, MethodInfo? method, MethodOptions? given)
    {
        foreach (var option in method?.Options ?? [])
        {
            var standard = option.Default is { } value ? Text(value) : null;
            _all.Add(new(path + option.Name, given?.TryGetValue(option.Name, out var set) == true ? Text(set) : standard ?? UnsetSettings.None, standard));
        }
    }

    private static string Text(object? value) => value switch
    {
        null => UnsetSettings.None,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Array } list => $"[{string.Join(", ", list.EnumerateArray().Select(item => Text(item)))}]",
        JsonElement json => json.GetRawText(),
        ArtifactRef artifact => $"SHA-256 {artifact.Digest[..12]}…",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("0.################", CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Text))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

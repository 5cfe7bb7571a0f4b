using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Methods;

/// <summary>Options of one method, checked against its metadata: all errors are reported at once.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, JsonElement> _values = [];

    /// <exception cref="DomainException">An option is unknown, missing, of the wrong type or out of range.</exception>
    public OptionValues(MethodInfo method, MethodOptions? given)
    {
        var errors = new List<string>();
        foreach (var unknown in given?.Keys.Where(k => method.Options.All(o => o.Name != k)) ?? [])
            errors.Add($"'{unknown}' is not an option of {method.Name}");
        foreach (var option in method.Options)
            Read(option, given, errors);
        if (errors.Count > 0)
            throw new DomainException(FailureCodes.InvalidOption, $"{method.Axis} {method.Name}: {string.Join("; ", errors)}.", Remedy(method));
    }

    public int Integer(string name) => _values[name].GetInt32();

    public double Number(string name) => _values[name].GetDouble();

    public bool Boolean(string name) => _values[name].GetBoolean();

    public string Text(string name) => _values[name].GetString()!;

    public int[] Integers(string name) => [.. _values[name].EnumerateArray().Select(e => e.GetInt32())];

    private void Read(OptionInfo option, MethodOptions? given, List<string> errors)
    {
        var value = given is not null && given.TryGetValue(option.Name, out var set) ? set : option.Default;
        if (value is null)
            errors.Add($"'{option.Name}' is required");
        else if (OptionCheck.Problem(option, value.Value) is { } problem)
            errors.Add($"'{option.Name}' is {value.Value.GetRawText()}, but {problem}");
        else
            _values[option.Name] = value.Value;
    }

    private static string Remedy(MethodInfo method) => method.Options.Count == 0
        ? "It has no options: leave them out."
        : $"Its options are: {string.Join(", ", method.Options.Select(o => $"{o.Name} ({o.Type})"))}.";
}

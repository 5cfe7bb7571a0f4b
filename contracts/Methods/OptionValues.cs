using System.Text.Json;

namespace SparsePipeline.Contracts;

/// <summary>The options of one method, checked against what it says about them: all errors are reported at once. Any family of methods may use it.</summary>
public sealed class OptionValues
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <param name="method">The method.</param>
    /// <param name="given">Options that differ from their defaults; null for none.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: an option is unknown, missing, of the wrong type or out of range.</exception>
    public OptionValues(MethodInfo method, MethodOptions? given)
    {
        var errors = Unknown(method, given).ToList();
        foreach (var option in method.Options)
            Read(option, given, errors);
        if (errors.Count > 0)
            throw new DomainException(FailureCodes.InvalidOption, $"The {method.Axis} '{method.Name}': {string.Join("; ", errors)}.", Remedy(method, given));
    }

    /// <summary>An <see cref="OptionTypes.Integer"/>.</summary>
    public int Integer(string name) => _values[name].GetInt32();

    /// <summary>An <see cref="OptionTypes.Number"/>.</summary>
    public double Number(string name) => _values[name].GetDouble();

    /// <summary>An <see cref="OptionTypes.Boolean"/>.</summary>
    public bool Boolean(string name) => _values[name].GetBoolean();

    /// <summary>An <see cref="OptionTypes.String"/>.</summary>
    public string Text(string name) => _values[name].GetString()!;

    /// <summary><see cref="OptionTypes.Integers"/>.</summary>
    public int[] Integers(string name) => [.. _values[name].EnumerateArray().Select(e => e.GetInt32())];

    /// <summary><see cref="OptionTypes.Numbers"/>.</summary>
    public double[] Numbers(string name) => [.. _values[name].EnumerateArray().Select(e => e.GetDouble())];

    private static IEnumerable<string> Unknown(MethodInfo method, MethodOptions? given) =>
        UnknownNames(method, given) is { Count: > 0 } names ? [$"it has no option {string.Join(", ", names.Select(n => $"'{n}'"))}"] : [];

    private static List<string> UnknownNames(MethodInfo method, MethodOptions? given) =>
        [.. (given?.Keys ?? Enumerable.Empty<string>()).Except(method.Options.Select(o => o.Name), StringComparer.Ordinal)];

    private void Read(OptionInfo option, MethodOptions? given, List<string> errors)
    {
        var value = given is not null && given.TryGetValue(option.Name, out var set) ? set : option.Default;
        if (value is null)
            errors.Add($"'{option.Name}' is required");
        else if (OptionCheck.Problem(option, value.Value) is { } problem)
            errors.Add($"'{option.Name}' is {(value.Value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.Value.GetRawText())}, but {problem}");
        else
            _values[option.Name] = value.Value;
    }

    private static string Remedy(MethodInfo method, MethodOptions? given) => method.Options.Count == 0
        ? "It has no options: leave them out."
        : $"{Nearest(method, given)}Its options are: {string.Join(", ", method.Options.Select(o => $"{o.Name} ({o.Type})"))}.";

    private static string Nearest(MethodInfo method, MethodOptions? given) =>
        UnknownNames(method, given) is [var first, ..] ? NameSuggestion.Nearest(first, [.. method.Options.Select(o => o.Name)]) : "";
}

using System.Globalization;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands;

/// <summary>Holds options of the command line against what their method says about them, all at once.</summary>
/// <param name="method">The method; it knows its options.</param>
/// <param name="option">What the command line calls them.</param>
internal sealed class MethodOptionCheck(MethodInfo method, string option)
{
    /// <summary>Passes options that fit; a method that nobody knows is refused elsewhere, with the names there are.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>, naming every option that does not fit.</exception>
    public static MethodOptions? Run(string axis, string name, MethodOptions? options, string option = "--option")
    {
        if (options is null || Catalog.Create().Find(axis, name) is not { } method)
            return options;
        var check = new MethodOptionCheck(method, option);
        var problems = options.Select(o => check.Problem(o.Key, o.Value)).OfType<(string Reason, string Remedy)>().ToList();
        if (problems.Count > 0)
            throw new DomainException(
                FailureCodes.InvalidOption, string.Join(" ", problems.Select(p => p.Reason)), string.Join(" ", problems.Select(p => p.Remedy).Distinct(StringComparer.Ordinal)));
        return options;
    }

    private (string Reason, string Remedy)? Problem(string name, JsonElement value)
    {
        if (method.Options.FirstOrDefault(o => o.Name == name) is not { } known)
            return ($"The {method.Axis} '{method.Name}' has no option '{name}'.", method.Options.Count == 0 ? "It takes none." : NameSuggestion.For(name, [.. method.Options.Select(o => o.Name)]));
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (known.Type != OptionTypes.String && !OptionCheck.IsOfType(known.Type, value))
            return ($"{option} {name}: '{text}' is no {Words(known.Type)}.", Remedy(known, text));
        return OptionCheck.Numbers(value).All(number => OptionCheck.IsInRange(known, number)) ? null : ($"{option} {name} is {text}.", $"It must be from {Bound(known.Minimum, "−∞")} to {Bound(known.Maximum, "∞")}.");
    }

    private static string Words(string type) => type switch
    {
        OptionTypes.Integer => "whole number",
        OptionTypes.Number => "number",
        OptionTypes.Boolean => "switch",
        OptionTypes.Integers => "list of whole numbers",
        _ => "list of numbers",
    };

    private string Remedy(OptionInfo known, string text) => known.Type switch
    {
        OptionTypes.Integer => $"Write {option} {known.Name}=3, in digits.",
        OptionTypes.Number => NumberText.Hint(text) ?? $"Write {option} {known.Name}=0.5, in digits.",
        OptionTypes.Boolean => $"Write {option} {known.Name}=true or {option} {known.Name}=false.",
        _ when text.Split(',').All(part => NumberText.Number(part.Trim()) is not null) => $"Write {option} '{known.Name}=[{text}]', with brackets.",
        _ => $"Write {option} '{known.Name}=[128,64]', with brackets.",
    };

    private static string Bound(double? bound, string none) => bound?.ToString(CultureInfo.InvariantCulture) ?? none;
}

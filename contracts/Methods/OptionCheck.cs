using System.Text.Json;

namespace SparsePipeline.Contracts;

/// <summary>Type and range of one option value; the one check that recipes, the command line and every method's own reading share.</summary>
public static class OptionCheck
{
    /// <summary>What is wrong with the value, as the end of a sentence that starts with it; null when it fits.</summary>
    public static string? Problem(OptionInfo option, JsonElement value) =>
        !IsOfType(option.Type, value) ? $"must be {Article(option.Type)}"
        : Numbers(value).Any(number => !IsInRange(option, number)) ? $"must lie in {Range(option)}"
        : null;

    /// <summary>Whether the value is of a type.</summary>
    /// <param name="type">One of <see cref="OptionTypes"/>.</param>
    /// <param name="value">As JSON.</param>
    public static bool IsOfType(string type, JsonElement value) => type switch
    {
        OptionTypes.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        OptionTypes.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        OptionTypes.Number => value.ValueKind == JsonValueKind.Number,
        OptionTypes.Integers => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => IsOfType(OptionTypes.Integer, item)),
        OptionTypes.Numbers => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => IsOfType(OptionTypes.Number, item)),
        _ => value.ValueKind == JsonValueKind.String,
    };

    /// <summary>Whether a number, or every item of a list, may be this.</summary>
    public static bool IsInRange(OptionInfo option, double number) =>
        double.IsFinite(number) && !(number < Least(option)) && !(number > Most(option));

    /// <summary>The numbers that a value holds.</summary>
    public static IEnumerable<double> Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => [value.GetDouble()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Numbers),
        _ => [],
    };

    /// <summary>The range for people.</summary>
    public static string Range(OptionInfo option) => $"[{option.Minimum?.ToString() ?? "-∞"}, {option.Maximum?.ToString() ?? "∞"}]";

    // Methods read whole numbers as int.
    private static double? Least(OptionInfo option) => option.Minimum ?? (IsWhole(option) ? (double?)int.MinValue : null);

    private static double? Most(OptionInfo option) => option.Maximum ?? (IsWhole(option) ? (double?)int.MaxValue : null);

    private static bool IsWhole(OptionInfo option) => option.Type is OptionTypes.Integer or OptionTypes.Integers;

    private static string Article(string type) => type switch
    {
        OptionTypes.Boolean => "true or false",
        OptionTypes.Integer => "an integer",
        OptionTypes.Number => "a number",
        OptionTypes.Integers => "a list of integers",
        OptionTypes.Numbers => "a list of numbers",
        _ => "a text",
    };
}

using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Methods;

/// <summary>Type and range of one option value.</summary>
internal static class OptionCheck
{
    /// <summary>What is wrong with the value, or null.</summary>
    public static string? Problem(OptionInfo option, JsonElement value) => option.Type switch
    {
        OptionTypes.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        OptionTypes.Integer => IsInteger(value) ? RangeProblem(option, value.GetDouble()) : "must be an integer",
        OptionTypes.Number => value.ValueKind == JsonValueKind.Number ? RangeProblem(option, value.GetDouble()) : "must be a number",
        OptionTypes.Integers => ListProblem(option, value, IsInteger, "must be a list of integers"),
        OptionTypes.Numbers => ListProblem(option, value, e => e.ValueKind == JsonValueKind.Number, "must be a list of numbers"),
        _ => value.ValueKind == JsonValueKind.String ? null : "must be a text",
    };

    private static bool IsInteger(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _);

    private static string? ListProblem(OptionInfo option, JsonElement value, Func<JsonElement, bool> isItem, string otherwise) =>
        value.ValueKind != JsonValueKind.Array || !value.EnumerateArray().All(isItem)
            ? otherwise
            : value.EnumerateArray().Select(e => RangeProblem(option, e.GetDouble())).FirstOrDefault(p => p is not null);

    private static string? RangeProblem(OptionInfo option, double number) =>
        number < option.Minimum || number > option.Maximum || !double.IsFinite(number)
            ? $"must lie in [{option.Minimum?.ToString() ?? "-∞"}, {option.Maximum?.ToString() ?? "∞"}]"
            : null;
}

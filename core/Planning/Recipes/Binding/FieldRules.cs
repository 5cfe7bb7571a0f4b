using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What the attributes of a recipe's properties demand of their values.</summary>
internal static class FieldRules
{
    public static bool IsScalar(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var t && (t.IsPrimitive || t == typeof(string));

    /// <summary>Whether people write the property; references to stored files, and what methods need, are filled in.</summary>
    public static bool IsWritten(JsonPropertyInfo property) =>
        property.PropertyType != typeof(ArtifactRef) && ItemType(property.PropertyType) != typeof(ArtifactRef) && !IsResolved(property);

    /// <summary>Whether the reader works the property out; recipes that were stored have it.</summary>
    public static bool IsResolved(JsonPropertyInfo property) => Find<ResolvedAttribute>(property.AttributeProvider) is not null;

    /// <summary>The type of a list's items; null when the type is no list.</summary>
    public static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>The type of the values of a mapping from names; null when the type is none.</summary>
    public static Type? ValueType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    /// <summary>The axis whose methods the property names, or null.</summary>
    public static string? Axis(ICustomAttributeProvider? attributes) => Find<MethodAxisAttribute>(attributes)?.Axis;

    /// <summary>Whether one word may stand for all methods of the axis.</summary>
    public static bool AllowsEverything(ICustomAttributeProvider? attributes) => Find<MethodAxisAttribute>(attributes)?.AllowsEverything == true;

    public static T? Find<T>(ICustomAttributeProvider? attributes)
        where T : Attribute => attributes?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();

    /// <summary>The first rule that a value of the right type breaks, or null.</summary>
    public static FieldProblem? Problem(JsonNode value, ICustomAttributeProvider? attributes)
    {
        if (Find<RangeAttribute>(attributes) is { } range && !Contains(range, Number(value)))
            return new($"The value is {value}.", $"It must be {Describe(range)}.");
        if (Find<AllowedValuesAttribute>(attributes) is { } allowed && !allowed.Values.Contains(value.GetValue<string>()))
            return new($"The value is '{value}'.", NameSuggestion.For(value.ToString(), [.. allowed.Values.OfType<string>()]));
        if (Find<StringLengthAttribute>(attributes) is { } length && value.ToString().Length > length.MaximumLength)
            return new($"The value has {value.ToString().Length} characters.", $"Use at most {length.MaximumLength}.");
        return Find<RegularExpressionAttribute>(attributes) is { } pattern && !IsMatch(value.ToString(), pattern)
            ? new($"The value is '{value}'.", pattern.ErrorMessage ?? $"It must match {pattern.Pattern}.")
            : null;
    }

    /// <summary>A JSON number, whichever CLR type it was made from.</summary>
    public static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    /// <summary>A range in words.</summary>
    public static string Describe(RangeAttribute range)
    {
        var low = $"{(range.MinimumIsExclusive ? "above" : "at least")} {range.Minimum}";
        var maximum = Convert.ToDouble(range.Maximum);
        return maximum >= int.MaxValue ? low : $"{low} and {(range.MaximumIsExclusive ? "below" : "at most")} {range.Maximum}";
    }

    private static bool IsMatch(string value, RegularExpressionAttribute pattern) =>
        Regex.IsMatch(value, $"^(?:{pattern.Pattern})\\z", RegexOptions.NonBacktracking);

    private static bool Contains(RangeAttribute range, double value)
    {
        var (low, high) = (Convert.ToDouble(range.Minimum), Convert.ToDouble(range.Maximum));
        return (range.MinimumIsExclusive ? value > low : value >= low) && (range.MaximumIsExclusive ? value < high : value <= high);
    }
}

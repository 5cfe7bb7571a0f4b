using System.Globalization;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Reads single values: nothing is guessed, so a quoted number is a text and <c>yes</c> is not true.</summary>
internal static class ScalarBinder
{
    /// <summary>The value as JSON, or the problem.</summary>
    public static JsonNode? Bind(YamlNode node, Type type, out FieldProblem? problem)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        var value = node is not YamlScalar scalar ? null
            : target == typeof(string) ? JsonValue.Create(scalar.Text)
            : scalar.Quoted ? null
            : Parse(scalar.Text, target);
        problem = value is null ? new($"The value is {node.Description}.", Remedy(node, target)) : null;
        return value;
    }

    private static JsonValue? Parse(string text, Type target) => Type.GetTypeCode(target) switch
    {
        TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? JsonValue.Create(i) : null,
        TypeCode.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? JsonValue.Create(l) : null,
        TypeCode.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d)
            ? JsonValue.Create(d) : null,
        TypeCode.Boolean => text is "true" or "false" ? JsonValue.Create(text == "true") : null,
        _ => throw new NotSupportedException($"Recipes have no fields of type {target}."),
    };

    private static string Remedy(YamlNode node, Type target) =>
        target == typeof(double) && node is YamlScalar { Quoted: false } scalar && NumberText.Hint(scalar.Text) is { } hint ? hint : $"Write {Wanted(target)}.";

    private static string Wanted(Type target) => Type.GetTypeCode(target) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number, without quotes",
        TypeCode.Double => "a number such as 0.1 or 1e-4, without quotes",
        TypeCode.Boolean => "true or false",
        _ => "a single text",
    };
}

using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;

namespace SparsePipeline.Planning;

/// <summary>The schema of a single value, with the limits its attributes set.</summary>
internal static class ScalarSchema
{
    public static JsonObject Of(Type type, ICustomAttributeProvider? attributes)
    {
        var schema = new JsonObject { ["type"] = Name(Nullable.GetUnderlyingType(type) ?? type) };
        if (FieldRules.Find<RangeAttribute>(attributes) is { } range) AddRange(schema, range);
        if (FieldRules.Find<AllowedValuesAttribute>(attributes) is { } allowed)
            schema["enum"] = new JsonArray([.. allowed.Values.OfType<string>().Select(v => JsonValue.Create(v))]);
        if (FieldRules.Find<RegularExpressionAttribute>(attributes) is { } pattern) schema["pattern"] = $"^(?:{pattern.Pattern})$";
        if (FieldRules.Find<StringLengthAttribute>(attributes) is { } length) schema["maxLength"] = length.MaximumLength;
        return schema;
    }

    private static void AddRange(JsonObject schema, RangeAttribute range)
    {
        schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Convert.ToDouble(range.Minimum);
        if (Convert.ToDouble(range.Maximum) is var maximum and < int.MaxValue)
            schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = maximum;
    }

    private static string Name(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "integer",
        TypeCode.Double => "number",
        TypeCode.Boolean => "boolean",
        _ => "string",
    };
}

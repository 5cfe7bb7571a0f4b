using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SparsePipeline.Contracts;

/// <summary>
/// One JSON text per value: properties in ordinal order, no white space, nulls and declared defaults left out.
/// Digests of specs and recipes are taken over it.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>How canonical JSON is written, with some types written in a way of their own.</summary>
    public static JsonSerializerOptions CreateOptions(params IEnumerable<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions(ContractJson.Options)
        {
            WriteIndented = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StepSpecJson.NameKinds, LeaveOutDefaults, SortProperties } },
        };
        foreach (var converter in converters) options.Converters.Add(converter);
        return options;
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            var declared = property.AttributeProvider?.GetCustomAttributes(typeof(DefaultValueAttribute), inherit: true) ?? [];
            var standard = declared.Length > 0 ? ((DefaultValueAttribute)declared[0]).Value : null;
            property.ShouldSerialize = (_, value) => value is not null && !value.Equals(standard);
        }
    }

    private static void SortProperties(JsonTypeInfo type)
    {
        var order = 0;
        foreach (var property in type.Properties.OrderBy(p => p.Name, StringComparer.Ordinal))
            property.Order = order++;
    }
}

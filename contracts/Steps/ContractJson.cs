using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SparsePipeline.Contracts;

/// <summary>How contracts are written as JSON everywhere: camelCase, nulls left out, unknown members refused nowhere.</summary>
public static class ContractJson
{
    /// <summary>Shared options; read only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            WriteIndented = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StepSpecJson.NameKinds, LeaveOutUndefined } },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A number whose declared default is NaN is one that some results do not have: then it is not written.</summary>
    private static void LeaveOutUndefined(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.PropertyType == typeof(double)))
            if (property.AttributeProvider?.GetCustomAttributes(typeof(DefaultValueAttribute), inherit: true) is [DefaultValueAttribute { Value: double.NaN }])
                property.ShouldSerialize = (_, value) => value is double number && !double.IsNaN(number);
    }
}

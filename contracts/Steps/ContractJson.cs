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
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StepSpecJson.NameKinds } },
        };
        options.MakeReadOnly();
        return options;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SparsePipeline.Contracts;

/// <summary>
/// How answers of the gateway are written and read: as contracts are, with instants in UTC that end in <c>Z</c>, and without the nonces by which stored documents tell who wrote
/// them. Fields that a reader does not know are left aside.
/// </summary>
public static class AnswerJson
{
    private const string Nonce = "nonce";

    /// <summary>Shared options; read only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ContractJson.Options)
        {
            TypeInfoResolver = ContractJson.Options.TypeInfoResolver!.WithAddedModifier(LeaveOutNonces),
        };
        options.Converters.Add(new UtcInstant());
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutNonces(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.Name == Nonce).ToList())
            type.Properties.Remove(property);
    }

    private sealed class UtcInstant : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}

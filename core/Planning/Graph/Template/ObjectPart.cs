using System.Text.Json;

namespace SparsePipeline.Planning;

/// <summary>An object with references in it.</summary>
internal sealed class ObjectPart(IReadOnlyList<(JsonEncodedText Name, TemplatePart Value)> properties) : TemplatePart
{
    public override IEnumerable<InputReference> References => properties.SelectMany(p => p.Value.References);

    public override bool RefersToAbsent(in ResolvedInputs inputs)
    {
        foreach (var (_, value) in properties)
            if (value.RefersToAbsent(inputs)) return true;
        return false;
    }

    public override void Write(Utf8JsonWriter writer, in ResolvedInputs inputs)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            if (value.IsAbsent(inputs)) continue;
            writer.WritePropertyName(name);
            value.Write(writer, inputs);
        }

        writer.WriteEndObject();
    }
}

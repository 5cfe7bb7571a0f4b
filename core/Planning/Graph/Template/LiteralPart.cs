using System.Text.Json;

namespace SparsePipeline.Planning;

/// <summary>A value that is known.</summary>
internal sealed class LiteralPart(byte[] json) : TemplatePart
{
    public override void Write(Utf8JsonWriter writer, in ResolvedInputs inputs) => writer.WriteRawValue(json, skipInputValidation: true);
}

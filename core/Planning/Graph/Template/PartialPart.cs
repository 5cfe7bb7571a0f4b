using System.Text.Json;

namespace SparsePipeline.Planning;

/// <summary>A count of members that is said only when some are missing.</summary>
internal sealed class PartialPart(int count) : TemplatePart
{
    public override bool IsAbsent(in ResolvedInputs inputs) => !inputs.IsPartial;

    // A list may say it all the same.
    public override bool RefersToAbsent(in ResolvedInputs inputs) => false;

    public override void Write(Utf8JsonWriter writer, in ResolvedInputs inputs) => writer.WriteNumberValue(count);
}

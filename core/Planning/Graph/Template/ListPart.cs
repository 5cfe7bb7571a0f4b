using System.Text.Json;

namespace SparsePipeline.Planning;

/// <summary>A list with references in it; items that refer to what is left out are left out, and so is a list that has no other.</summary>
internal sealed class ListPart(IReadOnlyList<TemplatePart> items) : TemplatePart
{
    public override IEnumerable<InputReference> References => items.SelectMany(i => i.References).Select(r => r with { InList = true });

    public override bool IsAbsent(in ResolvedInputs inputs)
    {
        foreach (var item in items)
            if (!item.RefersToAbsent(inputs)) return false;
        return true;
    }

    // What is missing in a list of its own is missing there only.
    public override bool RefersToAbsent(in ResolvedInputs inputs) => false;

    public override void Write(Utf8JsonWriter writer, in ResolvedInputs inputs)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            if (!item.RefersToAbsent(inputs)) item.Write(writer, inputs);
        writer.WriteEndArray();
    }
}

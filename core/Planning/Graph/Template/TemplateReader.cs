using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SparsePipeline.Planning;

/// <summary>Takes the JSON of a compiled spec apart into what is known and what is not; equal known parts of a graph are kept once.</summary>
internal sealed class TemplateReader
{
    private readonly Dictionary<string, LiteralPart> _literals = new(StringComparer.Ordinal);

    public TemplatePart Read(JsonElement value) => value.ValueKind switch
    {
        // Most of a spec refers to nothing, and need not be taken apart.
        JsonValueKind.Object or JsonValueKind.Array when !JsonMarshal.GetRawUtf8Value(value).ContainsAny("$\\"u8) => Literal(value),
        JsonValueKind.Object => Reference(value) ?? Object(value),
        JsonValueKind.Array => List(value),
        _ => Literal(value),
    };

    private TemplatePart? Reference(JsonElement value)
    {
        if (value.TryGetProperty(ReferenceNames.Partial, out var partial)) return new PartialPart(partial.GetInt32());
        var (output, metric) = (Text(value, ReferenceNames.Output), Text(value, ReferenceNames.Metric));
        var optional = value.TryGetProperty(ReferenceNames.Otherwise, out var otherwise);
        return value.TryGetProperty(ReferenceNames.From, out var node)
            ? new ReferencePart(node.GetString(), 0, output, metric) { IsOptional = optional, Otherwise = otherwise.ValueKind == JsonValueKind.Object ? Read(otherwise) : null }
            : value.TryGetProperty(ReferenceNames.Member, out var index) ? new ReferencePart(null, index.GetInt32(), output, metric)
            : null;
    }

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private TemplatePart Object(JsonElement value)
    {
        var properties = value.EnumerateObject().Select(p => (Name: JsonEncodedText.Encode(p.Name), Value: Read(p.Value))).ToList();
        return properties.TrueForAll(p => p.Value is LiteralPart) ? Literal(value) : new ObjectPart(properties);
    }

    private TemplatePart List(JsonElement value)
    {
        var items = value.EnumerateArray().Select(Read).ToList();
        return items.TrueForAll(i => i is LiteralPart) ? Literal(value) : new ListPart(items);
    }

    private LiteralPart Literal(JsonElement value)
    {
        // Written anew: white space between the parts of a stored graph is none of the step's key.
        var text = JsonSerializer.Serialize(value);
        if (_literals.TryGetValue(text, out var known)) return known;
        return _literals[text] = new LiteralPart(Encoding.UTF8.GetBytes(text));
    }
}

using System.Reflection;
using System.Xml.Linq;

namespace SparsePipeline.TestKit;

/// <summary>The one-sentence summaries in an assembly's XML documentation, for generated pages.</summary>
public sealed class XmlSummaries
{
    private readonly Dictionary<string, XElement> _members;

    /// <param name="assembly">An assembly whose documentation file lies beside it.</param>
    public XmlSummaries(Assembly assembly) =>
        _members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    public string Of(Type type) => Summary($"T:{type.FullName}");

    /// <summary>Of a property, or of the positional parameter it comes from; empty when it has none.</summary>
    public string Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        var summary = Summary($"P:{type.FullName}.{property.Name}");
        return summary.Length > 0 || !_members.TryGetValue($"T:{type.FullName}", out var member) ? summary
            : Text(member.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name));
    }

    private string Summary(string name) => _members.TryGetValue(name, out var member) ? Text(member.Element("summary")) : "";

    private static string Text(XElement? element) =>
        element is null ? "" : string.Join(' ', string.Concat(element.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        XElement element => $"`{element.Value}`",
        _ => "",
    };
}

using System.Reflection;
using System.Xml.Linq;

namespace SparsePipeline.Contracts;

/// <summary>
/// The summaries of contracts, read from the XML documentation beside their assembly: what is written once in the code
/// also explains the recipe schema and the page of messages. Where the file was not deployed, they are empty.
/// </summary>
public static class ContractSummaries
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(Load);

    /// <summary>Of a contract.</summary>
    public static string Of(Type type) => Summary($"T:{type.FullName}");

    /// <summary>Of a property, or of the positional parameter it comes from.</summary>
    public static string Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        var summary = Summary($"P:{type.FullName}.{property.Name}");
        return summary.Length > 0 || !Members.Value.TryGetValue($"T:{type.FullName}", out var member) ? summary
            : Text(member.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name));
    }

    private static Dictionary<string, XElement> Load()
    {
        var file = Path.ChangeExtension(typeof(ContractSummaries).Assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal)
            : [];
    }

    private static string Summary(string name) => Members.Value.TryGetValue(name, out var member) ? Text(member.Element("summary")) : "";

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

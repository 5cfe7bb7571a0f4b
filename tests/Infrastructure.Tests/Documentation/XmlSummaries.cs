using System.Reflection;
using System.Xml.Linq;

namespace SparsePipeline.Infrastructure.Tests.Documentation;

/// <summary>The summaries the compiler wrote beside an assembly, as Markdown.</summary>
internal sealed class XmlSummaries(Assembly assembly)
{
    private readonly Dictionary<string, XElement> _members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        .ToDictionary(m => m.Attribute("name")!.Value, m => m.Element("summary") ?? new XElement("summary"), StringComparer.Ordinal);

    public string Of(Type type) => TextOf("T:" + type.FullName);

    public string Of(PropertyInfo property) => TextOf($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string TextOf(string member) =>
        _members.TryGetValue(member, out var summary)
        ? string.Join(' ', string.Concat(summary.Nodes().Select(Render)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        : "";

    private static string Render(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.', ':')[^1]}`",
        XElement other => other.Value,
        _ => node.ToString(SaveOptions.DisableFormatting).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&"),
    };
}

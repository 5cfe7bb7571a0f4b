using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace SparsePipeline.Reporting.Html;

/// <summary>Builds HTML and inline SVG as a tree, so that every text is escaped and every tag closed by construction.</summary>
internal static class HtmlTree
{
    /// <summary>An element with an optional class; strings among the children become escaped text.</summary>
    public static XElement Element(string name, string? cssClass, params object?[] children) =>
        new(name, cssClass is null ? null : new XAttribute("class", cssClass), children);

    /// <summary>An attribute; numbers are written with at most two decimals.</summary>
    public static XAttribute Attribute(string name, double value) =>
        new(name, Math.Round(value, 2).ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Attribute(string, double)"/>
    public static XAttribute Attribute(string name, string value) => new(name, value);

    /// <summary>The document as HTML text. Characters that XML forbids are replaced, as recipes may contain them.</summary>
    public static string Write(XElement document)
    {
        foreach (var text in document.DescendantNodes().OfType<XText>())
            text.Value = Clean(IsProse(text) ? text.Value.Replace(" %", "\u00a0%", StringComparison.Ordinal) : text.Value);
        foreach (var attribute in document.DescendantsAndSelf().Attributes())
            attribute.Value = Clean(attribute.Value);
        foreach (var element in document.Descendants().Where(IsUnclosable))
            element.Value = "";
        return "<!DOCTYPE html>\n" + document.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    // A percent sign alone at the start of a line is hard to read; what may be copied stays as it is.
    private static bool IsProse(XText text) => text.Parent?.Name.LocalName is not ("pre" or "code" or "style" or "h1");

    // <div/> is an opening tag to an HTML parser; only void elements and SVG shapes may be written without a closing tag.
    private static bool IsUnclosable(XElement element) =>
        element.IsEmpty && element.Name.LocalName is not ("meta" or "br" or "hr")
        && !element.Ancestors().Any(a => a.Name.LocalName == "svg");

    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;
        var cleaned = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                cleaned.Append(text[i]).Append(text[++i]);
            else
                cleaned.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return cleaned.ToString();
    }
}

using System.Xml.Linq;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>
/// A frame for what may be wider than the page. Where something is cut off, the frame has a shadow on that side: two backgrounds that scroll
/// with the content cover two shadows that do not, so it needs no script.
/// </summary>
internal static class Scroll
{
    /// <param name="what">What is in it, for those who cannot see it; the frame takes the keyboard's focus, so that arrow keys move it.</param>
    /// <param name="content">The wide element.</param>
    public static XElement Around(string what, XElement content) => Element(
        "div",
        "scroll",
        Attribute("tabindex", "0"),
        Attribute("role", "group"),
        Attribute("aria-label", $"{what}; it may be wider than the page"),
        content);
}

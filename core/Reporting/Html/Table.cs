using System.Xml.Linq;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>A data table: the first column names, the others are right-aligned figures.</summary>
internal static class Table
{
    public static XElement Draw(IEnumerable<string> columns, IEnumerable<TableRow> rows, string? cssClass = null) => Scroll.Around(
        "A table",
        Element(
            "table",
            cssClass,
            Element("thead", null, Element("tr", null, columns.Select(c => new XElement("th", Attribute("scope", "col"), c)))),
            Element("tbody", null, rows.Select(Row))));

    private static XElement Row(TableRow row) => Element(
        "tr",
        row.CssClass,
        row.Cells.Select((cell, i) => i == 0 ? new XElement("th", Attribute("scope", "row"), cell) : new XElement("td", cell)));
}

using System.Text.Json;
using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>Where it ran, how to run it again, and the recipe itself.</summary>
internal static class ProvenanceSection
{
    public static XElement Draw(RunReport report) => Element(
        "section",
        null,
        Element("h2", null, "Reproduce"),
        report.Command is null ? null : Element("pre", null, report.Command),
        Element("p", "note", $"Run {report.RunId} on {report.Machine}{(report.SubmittedAt is { } at ? $", submitted {at:u}" : "")}. The same recipe on the same machine gives the same digests."),
        Element("details", null, Element("summary", null, "Soup digests"), Digests(report)),
        Element("details", null, Element("summary", null, "Recipe"), Element("pre", null, JsonSerializer.Serialize(report.Recipe, ContractJson.Options))));

    private static XElement Digests(RunReport report) => Table.Draw(
        ["Soup", "SHA-256 of its checkpoint"],
        report.Cycles.Select(c => new TableRow([$"cycle {c.Cycle}", Element("code", null, c.Soup.Digest)])));
}

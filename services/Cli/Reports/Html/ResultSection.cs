using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Cli.Reports.Html.HtmlTree;

namespace SparsePipeline.Cli.Reports.Html;

/// <summary>The comparison as a table.</summary>
internal static class ResultSection
{
    public static XElement Draw(RunReport report) => Element(
        "section",
        null,
        Element("h2", null, "Soups and baselines"),
        Table.Draw(
            ["Network", "Test accuracy", "Under shift", "Sparsity", "Retraining epochs"],
            ResultRow.Of(report).Select(r => new TableRow(
                [
                    r.Name,
                    AccuracyCell.Draw(r.Accuracy, r.Interval),
                    AccuracyCell.Draw(r.ShiftedAccuracy, r.ShiftedInterval),
                    Figures.Percent(r.Sparsity),
                    Figures.Count(r.Epochs),
                ],
                r.IsSoup ? "soup-row" : null))),
        Element("p", "note", "Epochs are all retraining epochs on the path to a network, every candidate counted. "
            + "Best candidate means the best on validation; the test split chooses nothing. Small figures are 95 % intervals of an accuracy "
            + "(Wilson): what another test split of this size could have shown, not what another seed would."));
}

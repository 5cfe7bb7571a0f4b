using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>The comparison as a table.</summary>
internal static class ResultSection
{
    public static XElement Draw(RunReport report) => Draw(report, Compared.In(report));

    private static XElement Draw(RunReport report, Compared compared) => Element(
        "section",
        null,
        Element("h2", null, "Soups and baselines"),
        Table.Draw(
            ["Network", $"Test {compared.Noun}", "Last soup minus it", "Under shift", "Sparsity", "Of all parameters", "Retraining epochs", "With pretraining", "Networks evaluated"],
            ResultRow.Of(report).Select(r => new TableRow(
                [
                    r.Name,
                    AccuracyCell.Draw(compared, r.Measure, r.Interval),
                    Difference(compared.Between(r.SoupMinusThis)),
                    AccuracyCell.Draw(compared, r.ShiftedMeasure, r.ShiftedInterval),
                    Figures.Percent(r.Sparsity),
                    Figures.Percent(r.GlobalSparsity),
                    Figures.Count(r.Epochs),
                    Figures.Count(r.TotalEpochs),
                    Figures.Count(r.Networks),
                ],
                r.IsSoup ? "soup-row" : null))),
        Element("p", "note", "Epochs are all retraining epochs on the path to a network, every candidate counted. "
            + "Best candidate means the best on validation; only a row that says so is chosen by the test split, and it is a bound, not a competitor. "
            + (compared.IsAccuracy
                ? "Small figures are 95 % intervals: of an accuracy (Wilson), and of differences in points between networks on the same test examples "
                    + "(Newcombe 1998, method 10): what another test split of this size could have shown, not what another seed would."
                : compared.AboutDifferences(report.Baselines.Any(b => b.SoupMinusThis is not null)))),
        report.MissingBaselines.Select(m => Element("p", "note", $"There is no {m.Name}: {m.Reason}")));

    private static object[] Difference((string Difference, string Range) between) =>
        between.Range.Length == 0 ? [""] : [between.Difference, Element("small", null, between.Range)];
}

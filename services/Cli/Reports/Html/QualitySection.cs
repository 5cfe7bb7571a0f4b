using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Cli.Reports.Html.HtmlTree;

namespace SparsePipeline.Cli.Reports.Html;

/// <summary>Loss, calibration, worst class, every shift and the multiply-adds of each network.</summary>
internal static class QualitySection
{
    public static XElement? Draw(RunReport report)
    {
        var measured = ResultRow.Of(report).Where(r => r.Evaluation is not null).ToList();
        if (measured.Count == 0)
            return null;
        var shifts = measured.SelectMany(r => r.Evaluation!.Shifts.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        return Element(
            "section",
            null,
            Element("h2", null, "Calibration, worst class, shifts, cost"),
            Table.Draw(
                ["Network", "Loss", "ECE", "Worst class", .. shifts, "Multiply-adds", "Dense"],
                measured.Select(r => Row(r, r.Evaluation!, shifts))),
            Element("p", "note", "ECE is the expected calibration error over 15 bins (Guo et al. 2017). Multiply-adds are for one example; "
                + "they count what a sparse kernel could skip, not what this machine measured."));
    }

    private static TableRow Row(ResultRow row, EvaluationReport evaluation, List<string> shifts) => new(
        [
            row.Name,
            Figures.Real(evaluation.Test.Loss),
            Figures.Real(evaluation.Test.ExpectedCalibrationError),
            Figures.Percent(evaluation.Test.WorstClassAccuracy),
            .. shifts.Select(s => Figures.Percent(evaluation.Shifts.GetValueOrDefault(s)?.Accuracy)),
            Figures.Count(evaluation.SparseFlops),
            Figures.Count(evaluation.DenseFlops),
        ],
        row.IsSoup ? "soup-row" : null);
}

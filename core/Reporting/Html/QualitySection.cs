using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>Loss, calibration, worst class, every shift and the multiply-adds of each network.</summary>
internal static class QualitySection
{
    private const string Cost = "Multiply-adds are for one example; they count what a sparse kernel could skip, not what this machine measured.";
    private static readonly Compared Accuracy = new(MeasureInfo.Accuracy);

    public static XElement? Draw(RunReport report)
    {
        var measured = ResultRow.Of(report).Where(r => r.Evaluation is not null).ToList();
        if (measured.Count == 0)
            return null;
        var shifts = measured.SelectMany(r => r.Evaluation!.Shifts.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        return Compared.In(report) is { IsAccuracy: false } compared ? OfTask(measured, shifts, compared) : Element(
            "section",
            null,
            Element("h2", null, "Calibration, worst class, shifts, cost"),
            Table.Draw(
                ["Network", "Loss", "Brier", "ECE", "MCE", "Worst class", .. shifts, "Multiply-adds", "Dense"],
                measured.Select(r => Row(r, r.Evaluation!, shifts))),
            Element("p", "note", "The loss is the negative log-likelihood per example, in nats; Brier is the mean squared distance of the probabilities "
                + "from the truth, 0 to 2 (Brier 1950). ECE and MCE are the expected and the maximum calibration error over 15 bins "
                + $"(Guo et al. 2017). Small figures are 95 % intervals. {Cost}"));
    }

    private static XElement OfTask(List<ResultRow> measured, List<string> shifts, Compared compared)
    {
        var bits = measured.Exists(r => r.Evaluation!.Test.BitsPerCharacter is not null);
        return Element(
            "section",
            null,
            Element("h2", null, "Loss, shifts, cost"),
            Table.Draw(
                ["Network", "Loss", .. bits ? ["Bits per character"] : Array.Empty<string>(), .. shifts.Select(s => $"{compared.Title}, {s}"), "Multiply-adds", "Dense"],
                measured.Select(r => new TableRow(
                    [
                        r.Name,
                        Figures.Real(r.Evaluation!.Test.Loss),
                        .. bits ? [Figures.Real(r.Evaluation.Test.BitsPerCharacter)] : Array.Empty<string>(),
                        .. shifts.Select(s => compared.Text(r.Evaluation.Shifts.GetValueOrDefault(s)?.Measure)),
                        Figures.Count(r.Evaluation.SparseFlops),
                        Figures.Count(r.Evaluation.DenseFlops),
                    ],
                    r.IsSoup ? "soup-row" : null))),
            Element("p", "note", Cost));
    }

    private static TableRow Row(ResultRow row, EvaluationReport evaluation, List<string> shifts) => new(
        [
            row.Name,
            Figures.Real(evaluation.Test.Loss),
            Figures.Real(evaluation.Test.BrierScore),
            Figures.Real(evaluation.Test.ExpectedCalibrationError),
            Figures.Real(evaluation.Test.MaximumCalibrationError),
            AccuracyCell.Draw(Accuracy, evaluation.Test.WorstClassAccuracy, evaluation.Test.WorstClassInterval),
            .. shifts.Select(s => evaluation.Shifts.GetValueOrDefault(s)).Select(s => AccuracyCell.Draw(Accuracy, s?.Accuracy, s?.AccuracyInterval)),
            Figures.Count(evaluation.SparseFlops),
            Figures.Count(evaluation.DenseFlops),
        ],
        row.IsSoup ? "soup-row" : null);
}

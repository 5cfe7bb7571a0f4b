using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>Loss, and what networks are compared by on the validation split, per epoch of every training of the run.</summary>
internal static class CurveSection
{
    public static XElement? Draw(RunReport report)
    {
        if (report.Curves.Count == 0)
            return null;
        var (series, compared) = (new CurveSeries(report), Compared.In(report));
        return Element(
            "section",
            null,
            Element("h2", null, "Learning curves"),
            series.Dense is { } dense ? Dense(dense, compared) : null,
            Group("Candidates", "Retraining epochs, cycle after cycle", series.Candidates(e => e.TrainingLoss), series.Candidates(e => e.Measure), compared),
            Group("Baselines", "Retraining epochs, cycle after cycle", series.Baselines(e => e.TrainingLoss), series.Baselines(e => e.Measure), compared),
            Element("p", "note", Note(report)));
    }

    private static XElement[] Dense(ReportedCurve dense, Compared compared)
    {
        ChartSeries[] losses =
        [
            CurveSeries.Line("training", "series soup", CurveSeries.Points(dense, 0, e => e.TrainingLoss)),
            CurveSeries.Line("validation", "series baseline-1 validation", CurveSeries.Points(dense, 0, e => e.ValidationLoss)),
        ];
        ChartSeries[] measures = [CurveSeries.Line("validation", "series baseline-1 validation", CurveSeries.Points(dense, 0, e => e.Measure))];
        return Pair("Dense network", "Epoch", "Loss", [.. losses.Where(s => s.Points.Count > 0)], measures, compared);
    }

    private static XElement[] Group(string title, string horizontal, IReadOnlyList<ChartSeries> losses, IReadOnlyList<ChartSeries> measures, Compared compared) =>
        losses.Count == 0 ? [] : Pair(title, horizontal, "Training loss", losses, measures, compared);

    private static XElement[] Pair(
        string title, string horizontal, string loss, IReadOnlyList<ChartSeries> losses, IReadOnlyList<ChartSeries> measures, Compared compared) =>
    [
        Element("h3", null, title),
        Element(
            "div",
            "pair",
            Figure(title, horizontal, loss, losses, v => Figures.Number(Math.Round(v, 3))),
            measures.Any(s => s.Points.Count > 0) ? Figure(title, horizontal, $"Validation {compared.Noun}", measures, v => compared.Tick(v, "0.#")) : null),
        Legend.Draw(losses),
    ];

    private static XElement Figure(string title, string horizontal, string vertical, IReadOnlyList<ChartSeries> series, Func<double, string> format)
    {
        var points = series.SelectMany(s => s.Points).ToList();
        var across = Axis.Around(horizontal, points.Select(p => p.X).Append(0), v => v.ToString("0", CultureInfo.InvariantCulture));
        return Element(
            "figure",
            null,
            new LineChart($"{title}, {vertical.ToLowerInvariant()}", Description(series, format), across, Axis.Around(vertical, points.Select(p => p.Y), format), series)
            {
                Height = 260,
            }.Draw(),
            Element("figcaption", null, vertical));
    }

    private static string Description(IReadOnlyList<ChartSeries> series, Func<double, string> format) =>
        string.Join(". ", series.Where(s => s.Points.Count > 0).DistinctBy(s => s.Name)
            .Select(s => $"{s.Name}: {format(s.Points[0].Y)} after epoch {s.Points[0].X:0}, {format(s.Points[^1].Y)} after epoch {s.Points[^1].X:0}")) + ".";

    private static string Note(RunReport report)
    {
        var examples = report.Curves.Max(c => c.ValidationExamples);
        var most = report.Recipe.Retraining.Candidates;
        return (examples == 0
                ? "These trainings are of an earlier version, which measured nothing between epochs. "
                : $"After every epoch {Figures.Count(examples)} validation examples were measured, with the weights as they were then: "
                    + "before BatchNorm recalibration and before averages over the path of a training. ")
            + "The training loss is the mean over an epoch, with the augmentation and label smoothing of the recipe. "
            + (most > CurveSeries.MostLines ? $"Of more than {CurveSeries.MostLines} candidates the first {CurveSeries.MostLines} are drawn; report.json has all." : "");
    }
}

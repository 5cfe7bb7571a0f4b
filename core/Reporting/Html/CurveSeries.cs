using System.Globalization;
using System.Text.RegularExpressions;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;

namespace SparsePipeline.Reporting.Html;

/// <summary>Learning curves as lines: of the dense network, of candidates cycle after cycle, and of baselines that train for themselves.</summary>
internal sealed partial class CurveSeries(RunReport report)
{
    /// <summary>Candidates drawn per cycle, and runs per baseline; more lines hide each other.</summary>
    public const int MostLines = 20;

    private const int MostPoints = 120;

    private readonly IReadOnlyList<(ReportedCurve Curve, string Owner, int Cycle, int Index)> _placed = [.. report.Curves.Select(Place)];

    public ReportedCurve? Dense => report.Curves.FirstOrDefault(c => c.Node == "dense");

    /// <summary>One line per candidate, coloured by cycle; a cycle begins where the longest training of the one before ends.</summary>
    public IReadOnlyList<ChartSeries> Candidates(Func<CurvePoint, double?> value) =>
        [.. Owned("").Where(p => p.Index < MostLines).Select(p => Line(
            $"cycle {p.Cycle}", $"series thin baseline-{(p.Cycle - 1) % 6}", Points(p.Curve, Start("", p.Cycle), value)))];

    /// <summary>One line per baseline and run, all cycles joined.</summary>
    public IReadOnlyList<ChartSeries> Baselines(Func<CurvePoint, double?> value) =>
        [.. _placed.Select(p => p.Owner).Where(o => o.Length > 0).Distinct().SelectMany((owner, i) => Runs(owner).Take(MostLines)
            .Select(run => Line(owner, $"series thin baseline-{i % 6}", [.. run.SelectMany(p => Points(p.Curve, Start(owner, p.Cycle), value))])))];

    /// <summary>One line of one training.</summary>
    public static ChartSeries Line(string name, string cssClass, IReadOnlyList<(double X, double Y)> points) =>
        new(name, cssClass, points, points.Count == 1 ? Marker.Dot : Marker.None, Connected: true);

    /// <summary>Epochs across, thinned so that a page stays small; what was not measured is left out.</summary>
    public static IReadOnlyList<(double X, double Y)> Points(ReportedCurve curve, int start, Func<CurvePoint, double?> value)
    {
        var every = Math.Max(1, (int)Math.Ceiling(curve.Epochs.Count / (double)MostPoints));
        return [.. curve.Epochs.Where((e, i) => (i + 1) % every == 0 || i == 0 || i == curve.Epochs.Count - 1)
            .Select(e => (X: (double)(start + e.Epoch), Y: value(e))).Where(p => p.Y is { } y && double.IsFinite(y)).Select(p => (p.X, p.Y!.Value))];
    }

    private IEnumerable<(ReportedCurve Curve, string Owner, int Cycle, int Index)> Owned(string owner) =>
        _placed.Where(p => p.Owner == owner && p.Cycle > 0).OrderBy(p => p.Cycle).ThenBy(p => p.Index);

    // What a baseline has in common with the run, the run's own first candidates have trained.
    private IEnumerable<IEnumerable<(ReportedCurve Curve, string Owner, int Cycle, int Index)>> Runs(string owner)
    {
        var own = Owned(owner).ToList();
        return own.GroupBy(p => p.Index).OrderBy(g => g.Key).Select(run =>
            Owned("").Where(p => p.Index == run.Key && p.Cycle < run.Min(r => r.Cycle)).Concat(run));
    }

    private int Start(string owner, int cycle) => Enumerable.Range(1, Math.Max(0, cycle - 1)).Sum(c => Longest(owner, c));

    private int Longest(string owner, int cycle)
    {
        var own = _placed.Where(p => p.Cycle == cycle && p.Owner == owner).Select(p => p.Curve.Epochs.Count).ToList();
        return own.Count > 0 ? own.Max() : _placed.Where(p => p.Cycle == cycle && p.Owner.Length == 0).Select(p => p.Curve.Epochs.Count).DefaultIfEmpty(0).Max();
    }

    private static (ReportedCurve Curve, string Owner, int Cycle, int Index) Place(ReportedCurve curve) => Candidate().Match(curve.Node) is { Success: true } match
        ? (curve, match.Groups["owner"].Value.TrimEnd('/'), Number(match, "cycle"), Number(match, "index"))
        : (curve, "", 0, 0);

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<owner>.*/)?cycle-(?<cycle>[0-9]{1,9})/candidate-(?<index>[0-9]{1,9})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Candidate();
}

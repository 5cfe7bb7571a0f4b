using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>An accuracy with its interval in small print below it.</summary>
internal static class AccuracyCell
{
    public static object[] Draw(double? accuracy, Interval? interval) => accuracy is null || interval is null
        ? [Figures.Percent(accuracy)]
        : [Figures.Percent(accuracy), Element("small", null, Figures.Range(interval))];
}

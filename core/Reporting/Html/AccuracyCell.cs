using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>What networks are compared by, where it is an accuracy with its interval in small print below it.</summary>
internal static class AccuracyCell
{
    public static object[] Draw(Compared compared, double? value, Interval? interval) => value is null || interval is null
        ? [compared.Text(value)]
        : [compared.Text(value), Element("small", null, Figures.Range(interval))];
}

using System.Globalization;

namespace SparsePipeline.Planning;

/// <summary>Values of axes as numbers.</summary>
public static class StudyNumbers
{
    /// <summary>The number a value is written as; NaN when it is none.</summary>
    public static double Parse(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}

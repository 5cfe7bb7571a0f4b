using System.Globalization;

namespace SparsePipeline.Learning.Data;

/// <summary>Names of classes that have none.</summary>
internal static class ClassNumbers
{
    /// <summary>0, 1, …, as text.</summary>
    public static IReadOnlyList<string> Of(int classes) => [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
}

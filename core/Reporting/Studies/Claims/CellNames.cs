using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>Cells on one line.</summary>
internal static class CellNames
{
    /// <summary>Which kind of soup a cell has, when the grid compares several.</summary>
    public const string SoupAxis = "soup.method";

    /// <summary>The settings but for the soup's and one more, each by the last part of its field: <c>sparsity 0.9, candidates 3</c>.</summary>
    public static string Of(StudyCellReport cell, string? without = null) => string.Join(
        ", ", cell.Settings.Where(s => s.Key != SoupAxis && s.Key != without).Select(Text));

    /// <summary>All settings: <c>sparsity 0.9, candidates 3, method greedy</c>.</summary>
    public static string Full(StudyCellReport cell) => string.Join(", ", cell.Settings.Select(Text));

    private static string Text(KeyValuePair<string, string> setting) => $"{setting.Key.Split('.')[^1]} {setting.Value}";
}

namespace SparsePipeline.Reporting.Html;

/// <summary>Cells of one row; the first names the row.</summary>
internal sealed record TableRow(IReadOnlyList<object> Cells, string? CssClass = null);

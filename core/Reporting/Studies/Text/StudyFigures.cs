using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Reporting.Studies.Claims;
using SparsePipeline.Reporting.Studies.Pages;

namespace SparsePipeline.Reporting.Studies.Text;

/// <summary>The figures of a study that its notes, and the text before a page, may ask for; docs/studies.md lists them.</summary>
internal sealed class StudyFigures(StudyReport report)
{
    private const string Forms =
        "Write seeds:ROLE, examples:SPLIT, example-points:SPLIT, weights, claim:CLAIM:SPLIT:SOUP with :mean, :holm or :verdict behind it or nothing, average:MODEL:SPLIT:SOUP, gain:MODEL:SPLIT:SOUP, "
        + "accuracy:GRID:CELL:MODEL:SPLIT, difference:GRID:CELL:MODEL:SPLIT, distance:GRID:CELL, barrier:GRID:CELL or members:GRID:CELL; a CELL is named as on the page, with every setting.";

    /// <summary>The figure that a placeholder stands for.</summary>
    /// <exception cref="PlaceholderException">There is none.</exception>
    public string Of(string placeholder) => placeholder.Split(':', StringSplitOptions.TrimEntries) switch
    {
        [_, var grid, ..] when report.Missing.Any(m => m.IsLeftOut && m.Grid == grid) => Cells.None,
        ["seeds", SeedRoles.Tuning or SeedRoles.Judging] parts => Seeds(parts[1]),
        ["examples", var split] => Figures.Count(Examples(split)),
        ["example-points", var split] => Real(100.0 / Examples(split), "0.00"),
        ["weights"] => Figures.Count(report.Sizes?.Weights ?? throw Missing("No run says how many weights there are.")),
        ["claim", var claim, var split, var soup] => Cells.Difference(Claim(claim, split, soup).Differences, _compared, bold: false),
        ["claim", var claim, var split, var soup, var part] => Part(Claim(claim, split, soup), part),
        ["average", var model, var split, var soup] => _compared.Bare(Average(model, split, soup).Mean).Replace('-', '−'),
        ["gain", var model, var split, var soup] => Cells.Difference(Some(GridAverages.Gain(Judge, soup, model, split)), _compared, bold: false),
        ["accuracy", var grid, var cell, var model, var split] => _compared.Bare(Figure(Cell(grid, cell), model, split).Mean).Replace('-', '−'),
        ["difference", var grid, var cell, var model, var split] => Cells.Difference(Some(Difference(Cell(grid, cell), model, split)), _compared, bold: false),
        ["distance", var grid, var cell] => Real(SweepFigures.Distance(Cell(grid, cell)), "0.0##"),
        ["barrier", var grid, var cell] => Real(SweepFigures.Barrier(Cell(grid, cell)), "0.00"),
        ["members", var grid, var cell] => Real(SweepFigures.Members(Cell(grid, cell)), "0.0"),
        _ => throw new PlaceholderException("There is no such placeholder.", Forms),
    };

    private readonly Compared _compared = Compared.In(report);

    private StudyGridReport Judge => report.Grids.FirstOrDefault(g => g.Sweep is null && g.SeedRole == SeedRoles.Judging) ?? throw Missing("No grid judges.");

    private string Seeds(string role) => report.Seeds.Of(role) is { Count: > 0 } seeds ? SeedNames.Of(seeds) : "none";

    private int Examples(string split) => report.Sizes?.Examples.TryGetValue(split, out var count) == true
        ? count
        : throw Missing($"No examples of '{split}' were counted.");

    private StudyClaim Claim(string claim, string split, string soup) =>
        report.Claims.FirstOrDefault(c => c.Claim == claim && c.Split == split && c.Soup == soup) ?? throw Missing($"Nothing was claimed of '{claim}' on '{split}' for '{soup}'.");

    private string Part(StudyClaim claim, string part) => part switch
    {
        "mean" => _compared.Signed(claim.Differences.Mean),
        "holm" => Cells.Interval(claim.Corrected.Interval, _compared),
        "verdict" => claim.Corrected.Verdict,
        _ => throw new PlaceholderException($"There is no part '{part}' of a claim.", Forms),
    };

    private SeedDifferences Average(string model, string split, string soup) => Some(GridAverages.Accuracy(Judge, soup, model, split));

    private StudyCellReport Cell(string grid, string cell)
    {
        var found = report.Grids.FirstOrDefault(g => g.Name == grid) ?? throw Missing($"There is no grid '{grid}'.");
        return found.Cells.FirstOrDefault(c => CellNames.Full(c) == cell)
            ?? throw new PlaceholderException($"The grid {grid} has no cell '{cell}'.", $"Write one of: {string.Join("; ", found.Cells.Select(CellNames.Full))}.");
    }

    private static StudyFigure Figure(StudyCellReport cell, string model, string split) =>
        cell.Figures.FirstOrDefault(f => f.Model == model && f.Split == split) ?? throw Missing($"'{model}' has no figure on '{split}'.");

    private static SeedDifferences? Difference(StudyCellReport cell, string model, string split) =>
        cell.Differences.FirstOrDefault(d => d.Model == model && d.Split == split)?.Differences;

    private static SeedDifferences Some(SeedDifferences? differences) => differences is { BySeed.Count: > 0 } ? differences : throw Missing("No seed has this figure.");

    private static string Real(double? value, string format) =>
        (value ?? throw Missing("It was not measured.")).ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    private static PlaceholderException Missing(string message) => new(message, Forms);
}

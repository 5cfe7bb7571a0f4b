using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>One line of a comparison: a model, and the kind of soup whose runs it is of when there are several.</summary>
/// <param name="Model">Its name in the reports.</param>
/// <param name="Soup">Value of the soup's axis; empty when the grid does not vary it.</param>
/// <param name="Title">What the line is called.</param>
internal sealed record ModelRow(string Model, string Soup, string Title)
{
    /// <summary>The models of a grid, soups first. What does not depend on the soup is listed once, with the first kind of soup.</summary>
    public static IReadOnlyList<ModelRow> Of(StudyGridReport grid)
    {
        var soups = grid.Cells.Select(c => c.Setting(CellNames.SoupAxis) ?? "").Distinct().ToList();
        var models = grid.Cells.SelectMany(c => c.Runs).SelectMany(r => r.Models).Select(m => m.Name).Distinct().Where(m => m != StudyModel.Soup).ToList();
        return
        [
            .. soups.Select(s => new ModelRow(StudyModel.Soup, s, Name("soup", s))),
            .. models.SelectMany(m => (OfCandidates(m) ? soups : soups[..1]).Select(s => new ModelRow(m, s, OfCandidates(m) ? Name(m, s) : m))),
        ];
    }

    // The candidates of a greedy soup's run come from other soups than those of a uniform one's.
    private static bool OfCandidates(string model) => model.Contains("candidate", StringComparison.Ordinal) || model == "ensemble";

    private static string Name(string name, string soup) => soup.Length == 0 ? name : $"{name}, {soup}";
}

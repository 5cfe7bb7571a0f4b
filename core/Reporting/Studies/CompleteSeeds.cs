using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Studies;

/// <summary>What of a study can be told without running anything: every grid with the seeds of which all cells have ended.</summary>
public static class CompleteSeeds
{
    /// <summary>The study cut down to them, and what it lacks. A grid without a complete seed is left out; the study is null when it has none left that judges.</summary>
    /// <param name="study">The whole study.</param>
    /// <param name="hasEnded">Whether the run with an id is finished or has failed.</param>
    public static (Study? Study, IReadOnlyList<MissingSeeds> Missing) Cut(Study study, Func<string, bool> hasEnded)
    {
        var (grids, missing) = (new List<StudyGrid>(), new List<MissingSeeds>());
        foreach (var grid in study.Grids)
        {
            var lacks = grid.Cells.SelectMany(c => c.Recipes).Where(r => !hasEnded(RunId.Of(r))).Select(r => r.Seed).ToHashSet();
            var cells = grid.Cells.Select(c => c with { Recipes = [.. c.Recipes.Where(r => !lacks.Contains(r.Seed))] }).ToList();
            var isLeftOut = cells.Exists(c => c.Recipes.Count == 0);
            if (!isLeftOut)
                grids.Add(grid with { Cells = cells });
            if (lacks.Count > 0)
                missing.Add(new MissingSeeds(grid.Name, [.. study.Seeds.Of(grid.SeedRole).Where(lacks.Contains)], isLeftOut));
        }

        var judge = study.Judge?.Name;
        var isTold = grids.Count > 0 && (judge is null || grids.Exists(g => g.Name == judge));
        return (isTold ? study with { Grids = grids } : null, missing);
    }
}

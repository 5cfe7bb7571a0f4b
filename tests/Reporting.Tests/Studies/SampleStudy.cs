using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Tests.Studies;

/// <summary>A study whose accuracies are made up: three seeds at two sparsities.</summary>
internal static class SampleStudy
{
    public static readonly long[] Seeds = [1, 2, 3];

    /// <summary>A grid over sparsities 0.9 and 0.98 and, when asked, kinds of soup.</summary>
    public static StudyGrid Grid(string? sweep = null, params string[] soups) => new()
    {
        Name = "main",
        Title = "Comparison",
        Sweep = sweep,
        SeedRole = SeedRoles.Judging,
        Axes = [new StudyAxis("sparsification.sparsity", ["0.9", "0.98"]), .. soups.Length == 0 ? [] : (StudyAxis[])[new("soup.method", soups)]],
        Cells = [.. from sparsity in new[] { "0.9", "0.98" } from soup in soups.DefaultIfEmpty("") select Cell(sparsity, soup)],
    };

    public static Study Of(params StudyGrid[] grids) => new() { Name = "sample", Title = "A sample", RecipePath = "sample.yaml", Seeds = new StudySeeds([], Seeds), Claims = ClaimNames.All, Grids = grids, Notes = "What the author *thinks*." };

    /// <summary>Nobody knows when it was written.</summary>
    public static readonly StudyOrigin Origin = new() { Digest = new string('0', 64), Unknown = "it is a sample" };

    public static StudyRuns Runs(IReadOnlyDictionary<string, StudyRunReport> reports, StudySizes? sizes = null) =>
        new(reports, 90, sizes);

    /// <summary>The report when every run has the models that <paramref name="models"/> gives it.</summary>
    public static StudyReport Report(Study study, Func<Recipe, IReadOnlyList<StudyModel>> models, Func<Recipe, IReadOnlyList<StudyCycle>>? cycles = null) =>
        StudyReportBuilder.Build(study, Runs(study.Recipes.ToDictionary(RunId.Of, r => Run(r) with { Models = models(r), Cycles = cycles?.Invoke(r) ?? [] })), Origin, "4 cores", "sparsepipe study s.yaml");

    public static StudyRunReport Run(Recipe recipe) => new() { Seed = recipe.Seed, RunId = RunId.Of(recipe) };

    public static StudyModel Model(string name, double test, double? shifted = null) => new()
    {
        Name = name,
        Accuracies = shifted is { } other
            ? new SortedDictionary<string, double> { [StudySplits.Test] = test, [StudySplits.Shifted] = other, [StudySplits.Shift("writers")] = other }
            : new SortedDictionary<string, double> { [StudySplits.Test] = test },
        Sparsity = 0.9,
        Epochs = 12,
    };

    private static StudyCell Cell(string sparsity, string soup)
    {
        KeyValuePair<string, string>[] settings =
            [new("sparsification.sparsity", sparsity), .. soup.Length == 0 ? [] : (KeyValuePair<string, string>[])[new("soup.method", soup)]];
        var recipe = SampleReport.CreateRecipe();
        recipe = recipe with
        {
            Sparsification = recipe.Sparsification with { Sparsity = StudyNumbers.Parse(sparsity) },
            Soup = new SoupRecipe { Method = MethodSpec.Of(soup.Length == 0 ? "uniform" : soup) },
        };
        return new StudyCell(settings, [.. Seeds.Select(s => recipe with { Seed = s })]);
    }
}

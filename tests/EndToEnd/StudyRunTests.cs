using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>The quick study of errors, at one sparsity and with two seeds.</summary>
[Trait("Category", "EndToEnd")]
public sealed class StudyRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_of_errors_says_by_how_much_soups_are_better_and_never_speaks_of_accuracy()
    {
        var (recipe, study) = (await ReadAsync("recipes/regression-concrete.yaml"), await ReadAsync("studies/concrete-quick.yaml"));
        await File.WriteAllTextAsync(_folder.File("recipe.yaml"), recipe.Replace("path: recipes", $"path: {RepositoryFolder.Path}/recipes", StringComparison.Ordinal));
        await File.WriteAllTextAsync(
            _folder.File("study.yaml"),
            study.Replace("../recipes/regression-concrete.yaml", "recipe.yaml", StringComparison.Ordinal)
                .Replace("judging: [1, 2, 3]", "judging: [1, 2]", StringComparison.Ordinal).Replace("[0.80, 0.95]", "[0.95]", StringComparison.Ordinal));

        using var process = RunProcess.Sparsepipe("study", _folder.File("study.yaml"), "--store", _folder.File("store"), "--runners", "1", "--output", _folder.File("out"));
        (await process.EndAsync()).ShouldBe(0, string.Join('\n', process.Lines));

        var report = JsonSerializer.Deserialize<StudyReport>(await File.ReadAllTextAsync(_folder.File("out/concrete-quick/study.json")), ContractJson.Options)!;
        report.Measure.ShouldNotBeNull().Name.ShouldBe("mean-squared-error");
        foreach (var cell in report.Grids[0].Cells)
        {
            var difference = cell.Differences.Single(d => d.Model == "mean-candidate" && d.Split == StudySplits.Test).Differences;
            difference.BySeed.Count.ShouldBe(2);
            report.Claims.Single(c => c.Claim == ClaimNames.BeatsMeanMember && c.Soup == cell.Setting("soup.method")).Differences.Mean
                .ShouldBe(-difference.Mean, 1e-9, "an error that is smaller is a gain");
        }

        var page = await File.ReadAllTextAsync(_folder.File("out/concrete-quick/study.md"));
        page.ShouldContain("Mean squared error on test, mean");
        foreach (var text in new[] { page, string.Join('\n', process.Lines) })
            text.ShouldNotContain("accuracy");
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, file));
}

using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>Recipes of tasks through everything: training, cuts, greedy soups, evaluation, report.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TaskRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("autoencoder-digits", "mean-squared-error", "mean squared error")]
    [InlineData("next-token-text", "perplexity", "perplexity")]
    [InlineData("regression-concrete", "mean-squared-error", "mean squared error")]
    [InlineData("pairs-digits", "recall-at-1", "recall@1")]
    public async Task A_run_is_compared_by_the_measure_of_its_task_and_never_speaks_of_accuracy(string name, string measure, string noun)
    {
        var recipe = Path.Combine(RepositoryFolder.Path, "recipes", $"{name}.yaml");
        var text = (await File.ReadAllTextAsync(recipe)).Replace("path: recipes", $"path: {RepositoryFolder.Path}/recipes", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.File("recipe.yaml"), text);

        var json = await SparsepipeAsync("run", _folder.File("recipe.yaml"), "--store", _folder.File("store"), "--runners", "1", "--json");

        var report = JsonSerializer.Deserialize<RunReport>(json, ContractJson.Options)!;
        var last = report.Cycles[^1];
        (report.Recipe.Measure!.Name, last.Soup.Evaluation.Test.Primary).ShouldBe((measure, measure));
        last.Admission.Verdict.ShouldContain(last.Admission.Members.Count == 1 ? "Nothing was averaged" : $"validation {noun}");
        // Of the candidates the greedy soup starts with the best, and what it takes in may not make it worse.
        var compared = report.Recipe.Measure;
        last.Admission.Compared.BestCandidate.ShouldBe(compared.Best(last.Candidates.Select(c => c.Evaluation.Validation.Measure)), 1e-9);
        compared.Best([last.Admission.Compared.Soup, last.Admission.Compared.BestCandidate]).ShouldBe(last.Admission.Compared.Soup, 1e-9);
        report.Baselines.Single(b => b.Name == "best-candidate").Measures.ShouldNotBeNull().Test.ShouldBe(
            last.Candidates.OrderBy(c => c.Evaluation.Validation.Measure, compared.Order).Last().Evaluation.Test.Measure);
        // A perplexity is no mean over examples, so networks cannot be compared on each.
        foreach (var baseline in report.Baselines)
            if (measure == "perplexity")
                baseline.SoupMinusThis.ShouldBeNull(baseline.Name);
            else
                baseline.SoupMinusThis.ShouldNotBeNull(baseline.Name).Test.Difference
                    .ShouldBe(last.Soup.Evaluation.Test.Measure - baseline.Compared.Test, 1e-4 * Math.Abs(baseline.Compared.Test), baseline.Name);
        var sentences = await SparsepipeAsync("run", _folder.File("recipe.yaml"), "--store", _folder.File("store"), "--runners", "1");
        sentences.ShouldContain($"test {noun}");
        sentences.ShouldNotContain("accuracy");
    }

    private static async Task<string> SparsepipeAsync(params string[] arguments)
    {
        using var process = RunProcess.Sparsepipe(arguments);
        (await process.EndAsync()).ShouldBe(0, string.Join(' ', arguments));
        return string.Join('\n', process.Lines);
    }
}

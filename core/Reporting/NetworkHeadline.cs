using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>What came out of a run without cycles of soups.</summary>
internal static class NetworkHeadline
{
    /// <summary>One sentence: what the run is for beside the other networks it measured.</summary>
    public static string Of(RunReport report)
    {
        if (report.Networks.FirstOrDefault(n => n.Node == report.Network) is not { } network)
            return "What the run is for was not measured, so there is nothing to compare yet.";
        var compared = Compared.In(report);
        var others = report.Networks.Where(n => n != network).Select(n => $"{n.Node} {compared.Text(n.Evaluation.Test.Measure)}{At(n)}").ToList();
        return $"{network.Node} reaches {compared.Text(network.Evaluation.Test.Measure)} test {compared.Noun}{At(network)}{(others.Count == 0 ? "" : $"; beside it: {string.Join(", ", others)}")}.";
    }

    /// <summary>What a recipe asks for, in a sentence.</summary>
    public static string What(Recipe recipe) => string.Join(", ", Parts(recipe)) + ".";

    private static IEnumerable<string> Parts(Recipe recipe)
    {
        yield return $"{recipe.Model.Name} on {recipe.Data.Name}: workflow {recipe.Workflow!.Name}";
        if (recipe.Pretraining.Checkpoint is not null || recipe.Soup.Checkpoints is not null)
            yield return "given networks";
        if (recipe.Pretraining.Epochs > 0)
            yield return $"{recipe.Pretraining.Epochs} epochs of training";
        if (recipe.Sparsification.Sparsity > 0)
            yield return $"{recipe.Sparsification.Method.Name} pruning to {Figures.Percent(recipe.Sparsification.Sparsity)} sparsity";
        if (recipe.Retraining.Epochs > 0)
            yield return $"{recipe.Retraining.Epochs} epochs of retraining ({recipe.Retraining.Schedule})";
        if (recipe.Soup.Checkpoints is { } networks)
            yield return $"a {recipe.Soup.Method.Name} soup of {networks.Count}";
    }

    private static string At(ReportedNetwork network) => network.Sparsity is { } sparsity ? $" at {Figures.Percent(sparsity)} sparsity" : "";
}

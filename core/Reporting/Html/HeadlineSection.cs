using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>What was run and what came out, for somebody who reads nothing else.</summary>
internal static class HeadlineSection
{
    public static XElement Draw(RunReport report) => Element(
        "header",
        null,
        Element("p", "eyebrow", report.Recipe.Workflow is { } workflow ? workflow.Name : "Sparse model soup"),
        Element("h1", null, report.Recipe.Name),
        Element("p", "what", What(report.Recipe)),
        Element("p", "outcome", Headline.Of(report)),
        Element("p", "judgement", Headline.Judgement(report)),
        Element("dl", "tiles", Tiles(report)),
        WorkDone.Sentence(report) is { } cached ? Element("p", "note", cached) : null);

    private static string What(Recipe recipe) => recipe.Workflow is not null ? NetworkHeadline.What(recipe)
        : $"{recipe.Model.Name} on {recipe.Data.Name}: {recipe.Pretraining.Epochs} epochs dense{In(recipe.Pretraining.Precision)}, then "
        + $"{recipe.Sparsification.Cycles} cycles of {recipe.Sparsification.Method.Name} pruning to {Figures.Percent(recipe.Sparsification.Sparsity)} sparsity, "
        + $"each followed by {recipe.Retraining.Candidates} retrainings of {recipe.Retraining.Epochs} epochs"
        + $"{In(recipe.Retraining.Precision ?? recipe.Pretraining.Precision)} ({recipe.Retraining.Schedule}, differing in {recipe.Retraining.Vary}) "
        + $"and a {recipe.Soup.Method.Name} soup.";

    private static string In(string precision) => precision == Precisions.Float32 ? "" : $" in {precision}";

    private static IEnumerable<XElement> Tiles(RunReport report)
    {
        var compared = Compared.In(report);
        if (report.Cycles.Count > 0)
        {
            var soup = report.Cycles[^1].Soup;
            yield return Tile($"Test {compared.Noun}", compared.Text(soup.Measure));
            yield return Tile("Under shift", compared.Text(soup.ShiftedMeasure));
            yield return Tile("Sparsity", Figures.Percent(report.Cycles[^1].Sparsity));
            yield return Tile("Of all parameters", Figures.Percent(report.Cycles[^1].GlobalSparsity));
            yield return Tile("Multiply-adds", Ratio(soup.Evaluation));
        }

        foreach (var network in report.Networks.Where(n => n.Node == report.Network))
        {
            yield return Tile($"Test {compared.Noun}", compared.Text(network.Evaluation.Test.Measure));
            yield return Tile("Under shift", compared.Text(network.Evaluation.ShiftedMeasure));
            yield return Tile("Sparsity", Figures.Percent(network.Sparsity));
            yield return Tile("Multiply-adds", Ratio(network.Evaluation));
        }

        yield return Tile("Wall clock", Figures.Duration(report.WallSeconds));
        yield return Tile("Compute", Figures.Duration(report.Steps.Sum(s => s.Seconds)));
        yield return Tile("Steps (cached)", $"{report.Steps.Count} ({report.Steps.Count(s => WorkDone.WasCached(report, s))})");
    }

    private static string Ratio(EvaluationReport evaluation) => evaluation switch
    {
        { SparseFlops: null } => "unknown",
        { SparseFlops: 0 } => "÷ ∞",
        _ => $"÷ {(double?)evaluation.DenseFlops / evaluation.SparseFlops:0.0}",
    };

    private static XElement Tile(string name, string value) =>
        Element("div", null, Element("dt", null, name), Element("dd", null, value));
}

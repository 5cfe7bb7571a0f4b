using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Prune–retrain–soup cycles: every cycle cuts the soup of the one before, retrains m candidates under the one mask and averages them. With a mask
/// policy every candidate is a pruning run of its own, and the soups of each cycle are measured only.
/// </summary>
internal sealed class SparseModelSoups : IWorkflow
{
    public const string Name = "sparse-model-soups";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Workflow,
        Name = Name,
        Title = "Sparse model soups",
        UseWhen = "Use it to prune in cycles and to average the retrained candidates of each; the default.",
        Paper = "Zimmer, Spiegel, Pokutta: Sparse Model Soups, ICLR 2024, arXiv 2306.16788",
    };

    public IReadOnlyList<string> Needs { get; } = ["pretraining", "sparsification", "retraining"];

    public IReadOnlyList<string> Unused { get; } = ["autoencoder", "soup.networks", "soup.anchorNetwork"];

    public IReadOnlyDictionary<string, int> Fixed { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public bool TrainsFirst => true;

    public void Build(GraphBuilder graph, Recipe recipe)
    {
        var steps = new RecipeSteps(graph, recipe);
        var dense = steps.Dense();
        steps.Bound(dense.Checkpoint);
        var candidates = recipe.Soup.MaskPolicy is null ? AddCycles(steps, recipe, dense) : CandidateChains.Add(steps, recipe, dense);
        graph.Network = NodeNames.Soup(recipe.Sparsification.Cycles);
        var baselines = new BaselineGraph(steps, recipe, dense, candidates);
        foreach (var name in (recipe.Evaluation.Baselines ?? BaselineNames.Default).Distinct()) graph.AddBaseline(baselines.Add(name));
    }

    private static GraphStep[] AddCycles(RecipeSteps steps, Recipe recipe, DenseNetwork dense)
    {
        var (source, mask) = (dense.Checkpoint, dense.Mask);
        GraphStep[] candidates = [];
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var pruned = steps.Prune(NodeNames.Prune(cycle), source, mask, cycle, essential: true);
            var anchor = steps.Anchor(dense, pruned, cycle);
            candidates = [.. Enumerable.Range(0, recipe.Retraining.Candidates).Select(i => steps.Retrain(
                NodeNames.Candidate(cycle, i), dense, pruned, CandidateSettings.Of(recipe, cycle, i), start: anchor?.Checkpoint))];
            foreach (var candidate in candidates) steps.Evaluation(candidate);
            var soup = steps.Soup(pruned, candidates, cycle, anchor);
            steps.Evaluation(soup);
            (source, mask) = (soup.Checkpoint, candidates.Length == 1 ? TrainSpecs.MaskOf(recipe, pruned, candidates[0]) : pruned.Output(OutputNames.Mask));
        }

        return candidates;
    }
}

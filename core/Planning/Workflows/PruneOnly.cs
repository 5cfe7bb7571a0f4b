using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>One cut to the final sparsity, and one retraining under its mask when the recipe has any.</summary>
internal sealed class PruneOnly : IWorkflow
{
    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Workflow,
        Name = "prune-only",
        Title = "One cut, with or without retraining",
        UseWhen = "Use it to see what a pruner does by itself: leave retraining out, or give it for one retraining after the cut.",
    };

    public IReadOnlyList<string> Needs { get; } = ["pretraining", "sparsification"];

    public IReadOnlyList<string> Unused { get; } =
        ["autoencoder", "soup", "sparsification.schedule", "retraining.vary", "retraining.values", "evaluation.baselines"];

    public IReadOnlyDictionary<string, int> Fixed { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal) { ["sparsification.cycles"] = 1, ["retraining.candidates"] = 1 };

    public bool TrainsFirst => true;

    public void Build(GraphBuilder graph, Recipe recipe)
    {
        var steps = new RecipeSteps(graph, recipe);
        var dense = steps.Dense();
        steps.Evaluation(NodeNames.Dense, dense.Checkpoint);
        steps.Bound(dense.Checkpoint);
        var network = steps.Prune(NodeNames.Prune(1), dense.Checkpoint, dense.Mask, cycle: 1, essential: true);
        if (recipe.Retraining.Epochs > 0)
        {
            steps.Evaluation(network);
            network = steps.Retrain(NodeNames.Candidate(1, 0), dense, network, CandidateSettings.Of(recipe, 1, 0), essential: true);
        }

        graph.Network = network.Name;
        steps.Evaluation(network, isLast: true);
    }
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// One training. With a sparsification it is sparse from its first update: the weights it starts from, drawn or given, are cut, and trained under that
/// mask by the pretraining's settings.
/// </summary>
internal sealed class SparseTraining : IWorkflow
{
    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Workflow,
        Name = "train",
        Title = "One training, sparse from its start",
        UseWhen = "Use it to train under a mask of the initial weights, or, without sparsification, to train one network.",
        Paper = "Frankle, Dziugaite, Roy, Carbin: Pruning Neural Networks at Initialization: Why Are We Missing the Mark?, ICLR 2021, arXiv 2009.08576",
    };

    public IReadOnlyList<string> Needs { get; } = ["pretraining"];

    public IReadOnlyList<string> Unused { get; } = ["autoencoder", "data.arrivals", "retraining", "soup", "sparsification.schedule", "evaluation.baselines"];

    public IReadOnlyDictionary<string, int> Fixed { get; } = new Dictionary<string, int>(StringComparer.Ordinal) { ["sparsification.cycles"] = 1 };

    public bool TrainsFirst => false;

    public void Build(GraphBuilder graph, Recipe recipe)
    {
        var steps = new RecipeSteps(graph, recipe);
        var trained = steps.Train(NodeNames.Trained, Cut(graph, steps, recipe));
        graph.Network = trained.Name;
        steps.Evaluation(trained, isLast: true);
    }

    private static GraphStep? Cut(GraphBuilder graph, RecipeSteps steps, Recipe recipe)
    {
        if (recipe.Sparsification is { Sparsity: 0, KeepZeros: false }) return null;
        var start = recipe.Pretraining.Checkpoint ?? graph.Add(NodeNames.Initial, TrainSpecs.Initial(recipe), essential: true).Checkpoint;
        steps.Bound(start);
        return steps.Prune(NodeNames.Prune(1), start, before: null, cycle: 1, essential: true);
    }
}

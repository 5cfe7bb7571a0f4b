using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The steps of a recipe and what each needs, without any digest yet. Build it once and plan with it often: it keeps the
/// keys of specs that did not change. Safe for concurrent use.
/// </summary>
public sealed class RunGraph
{
    private readonly IReadOnlyList<GraphNode> _nodes;
    private readonly StepKeyMemo _keys = new();

    private RunGraph(Recipe recipe, IReadOnlyList<GraphNode> nodes) => (Recipe, _nodes) = (recipe, nodes);

    public Recipe Recipe { get; }

    /// <summary>The graph of a recipe.</summary>
    /// <exception cref="DomainException">An unknown varied dimension or baseline, or too few values for the candidates.</exception>
    public static RunGraph Of(Recipe recipe)
    {
        var builder = new GraphBuilder(recipe);
        var dense = builder.Dense();
        if (recipe.Soup.MaskPolicy is null) AddCycles(builder, recipe, dense);
        else CandidateChains.Add(builder, recipe, dense);
        foreach (var baseline in recipe.Evaluation.Baselines ?? BaselineNames.All) BaselineGraph.Add(builder, recipe, dense, baseline);
        return new RunGraph(recipe, builder.Nodes);
    }

    /// <summary>Where the run stands at <paramref name="now"/>.</summary>
    public Plan Plan(IPlanLookup lookup, DateTimeOffset now)
    {
        var pass = new PlanPass(lookup, now, _keys);
        foreach (var node in _nodes) pass.Visit(node);
        return pass.ToPlan();
    }

    private static void AddCycles(GraphBuilder builder, Recipe recipe, GraphNode dense)
    {
        var (source, before) = (dense, (GraphNode?)null);
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var pruned = builder.Prune(NodeNames.Prune(cycle), source, before, cycle, essential: true);
            GraphNode[] candidates = [.. Enumerable.Range(0, recipe.Retraining.Candidates).Select(i => builder.Retrain(
                NodeNames.Candidate(cycle, i), dense, pruned, CandidateSettings.Of(recipe, cycle, i)))];
            foreach (var candidate in candidates) builder.Evaluation(candidate);
            var soup = builder.Soup(pruned, candidates, cycle);
            builder.Evaluation(soup);
            (source, before) = (soup, pruned);
        }
    }
}

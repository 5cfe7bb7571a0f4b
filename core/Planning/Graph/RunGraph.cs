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

    private RunGraph(Recipe recipe, IReadOnlyList<GraphNode> nodes, IReadOnlyList<BaselineNodes> baselines) =>
        (Recipe, _nodes, Baselines) = (recipe, nodes, baselines);

    public Recipe Recipe { get; }

    /// <summary>Where the baselines that the recipe asks for are measured, in its order.</summary>
    public IReadOnlyList<BaselineNodes> Baselines { get; }

    /// <summary>The graph of a recipe.</summary>
    /// <exception cref="DomainException">An unknown varied dimension or baseline, or too few values for the candidates.</exception>
    public static RunGraph Of(Recipe recipe)
    {
        var builder = new GraphBuilder(recipe);
        var dense = builder.Dense();
        var candidates = recipe.Soup.MaskPolicy is null ? AddCycles(builder, recipe, dense) : CandidateChains.Add(builder, recipe, dense);
        var baselines = new BaselineGraph(builder, recipe, dense, candidates);
        BaselineNodes[] added = [.. (recipe.Evaluation.Baselines ?? BaselineNames.Default).Distinct().Select(baselines.Add)];
        return new RunGraph(recipe, builder.Nodes, added);
    }

    /// <summary>Where the run stands at <paramref name="now"/>.</summary>
    public Plan Plan(IPlanLookup lookup, DateTimeOffset now)
    {
        var pass = new PlanPass(lookup, now, _keys);
        foreach (var node in _nodes) pass.Visit(node);
        return pass.ToPlan();
    }

    private static GraphNode[] AddCycles(GraphBuilder builder, Recipe recipe, GraphNode dense)
    {
        var (source, before) = (dense, (GraphNode?)null);
        GraphNode[] candidates = [];
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var pruned = builder.Prune(NodeNames.Prune(cycle), source, before, cycle, essential: true);
            candidates = [.. Enumerable.Range(0, recipe.Retraining.Candidates).Select(i => builder.Retrain(
                NodeNames.Candidate(cycle, i), dense, pruned, CandidateSettings.Of(recipe, cycle, i)))];
            foreach (var candidate in candidates) builder.Evaluation(candidate);
            var soup = builder.Soup(pruned, candidates, cycle);
            builder.Evaluation(soup);
            (source, before) = (soup, pruned);
        }

        return candidates;
    }
}

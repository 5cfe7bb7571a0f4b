using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// The cycles of candidates with masks of their own: m pruning runs side by side, each of which goes on from itself. A soup is cooked of them
/// after every cycle, to be measured; nothing starts from it.
/// </summary>
/// <remarks>Candidate 0 is iterative magnitude pruning, so that baseline costs nothing more. Pruners that do not draw share the first cut.</remarks>
internal static class CandidateChains
{
    /// <returns>The candidates of the last cycle.</returns>
    public static IReadOnlyList<GraphNode> Add(GraphBuilder builder, Recipe recipe, GraphNode dense)
    {
        var count = recipe.Retraining.Candidates;
        var sources = Enumerable.Repeat(dense, count).ToArray();
        var before = new GraphNode?[count];
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var (cuts, candidates) = (new GraphNode[count], new GraphNode[count]);
            for (var i = 0; i < count; i++)
            {
                cuts[i] = builder.Prune(NodeNames.Prune(cycle, i), sources[i], before[i], cycle, essential: cycle == 1, candidate: i);
                candidates[i] = builder.Retrain(NodeNames.Candidate(cycle, i), dense, cuts[i], CandidateSettings.Of(recipe, cycle, i));
                builder.Evaluation(candidates[i]);
            }

            builder.Evaluation(builder.Soup(cuts, candidates, cycle));
            (sources, before) = (candidates, cuts);
        }

        return sources;
    }
}

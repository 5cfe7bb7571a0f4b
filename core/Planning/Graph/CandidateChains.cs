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
    public static IReadOnlyList<GraphStep> Add(RecipeSteps steps, Recipe recipe, DenseNetwork dense)
    {
        var count = recipe.Retraining.Candidates;
        var sources = Enumerable.Repeat(dense.Checkpoint, count).ToArray();
        var before = Enumerable.Repeat(dense.Mask, count).ToArray();
        GraphStep[] last = [];
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var (cuts, candidates) = (new GraphStep[count], new GraphStep[count]);
            for (var i = 0; i < count; i++)
            {
                cuts[i] = steps.Prune(NodeNames.Prune(cycle, i), sources[i], before[i], cycle, essential: cycle == 1, candidate: i);
                candidates[i] = steps.Retrain(NodeNames.Candidate(cycle, i), dense, cuts[i], CandidateSettings.Of(recipe, cycle, i));
                steps.Evaluation(candidates[i]);
            }

            steps.Evaluation(steps.Soup(cuts, candidates, cycle));
            (sources, before, last) = ([.. candidates.Select(c => c.Checkpoint)], [.. cuts.Zip(candidates, (cut, candidate) => TrainSpecs.MaskOf(recipe, cut, candidate))], candidates);
        }

        return last;
    }
}

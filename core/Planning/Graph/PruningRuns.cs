using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Iterative pruning runs beside that of the soups, each of which goes on from itself.</summary>
internal sealed class PruningRuns(RecipeSteps steps, Recipe recipe, DenseNetwork dense)
{
    /// <summary>One cut and one retraining per cycle; those that are there already, in the run or in another baseline, are shared.</summary>
    /// <param name="owner">Whose name new nodes get.</param>
    /// <param name="index">Which run it is; pruners that draw then draw as candidate <paramref name="index"/> does.</param>
    /// <param name="settings">The retraining of a cycle.</param>
    public IReadOnlyList<(GraphStep Cut, GraphStep Trained)> Add(string owner, int index, Func<int, CandidateSettings> settings)
    {
        var run = new List<(GraphStep Cut, GraphStep Trained)>();
        var (source, before) = (dense.Checkpoint, dense.Mask);
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var cut = steps.Prune(NodeNames.Baseline(owner, NodeNames.Prune(cycle, index)), source, before, cycle, essential: false, index);
            var trained = steps.Retrain(NodeNames.Baseline(owner, NodeNames.Candidate(cycle, index)), dense, cut, settings(cycle));
            run.Add((cut, trained));
            (source, before) = (trained.Checkpoint, TrainSpecs.MaskOf(recipe, cut, trained));
        }

        return run;
    }
}

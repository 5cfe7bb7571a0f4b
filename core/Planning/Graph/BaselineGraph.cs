using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The steps that baselines need beside those of the run.</summary>
/// <param name="steps">Have the run's own steps already.</param>
/// <param name="recipe">The run's recipe.</param>
/// <param name="dense">The pretraining.</param>
/// <param name="candidates">Those of the last cycle.</param>
internal sealed class BaselineGraph(RecipeSteps steps, Recipe recipe, DenseNetwork dense, IReadOnlyList<GraphStep> candidates)
{
    private const string Union = "union";
    private const string RePrune = "re-prune";
    private readonly PruningRuns _runs = new(steps, recipe, dense);

    /// <exception cref="DomainException"><see cref="FailureCodes.UnknownMethod"/>: no baseline has this name.</exception>
    public BaselineNodes Add(string name) => name switch
    {
        BaselineNames.Dense => new(name, [steps.Evaluation(NodeNames.Dense, dense.Checkpoint).Name], []),
        BaselineNames.Imp => Chain(name, cycle => CandidateSettings.Of(recipe, cycle, 0)),
        BaselineNames.ImpLonger => Chain(name, Longer),
        // Both have the name of their average on the averaging axis, whose standard options they take.
        BaselineNames.Swa or BaselineNames.Ema => Chain(name, cycle => Longer(cycle) with { Averaging = MethodSpec.Of(name) }),
        BaselineNames.ImpAverage => Average(name, Union),
        BaselineNames.ImpReprune => Average(name, RePrune),
        BaselineNames.Ensemble => new(name, [steps.Vote(candidates).Name], [NodeNames.Prune(recipe.Sparsification.Cycles)]),
        BaselineNames.MeanCandidate or BaselineNames.BestCandidate or BaselineNames.OracleCandidate => new(name, [], []),
        _ => throw new DomainException(
            FailureCodes.UnknownMethod, $"evaluation.baselines names '{name}'.", $"Use some of {string.Join(", ", BaselineNames.All)}."),
    };

    // Everything as candidate 0 has it, so the first cycle's cut and, unless it is longer, its retraining are the run's own.
    private BaselineNodes Chain(string name, Func<int, CandidateSettings> settings)
    {
        var run = _runs.Add(name, 0, settings);
        return new(name, [.. run.Select(c => steps.Evaluation(c.Trained).Name)], [.. run.Select(c => c.Cut.Name)]);
    }

    // Run 0 is IMP itself, and all of them belong to it by name, so that no name depends on the order baselines are asked for in.
    private BaselineNodes Average(string name, string policy)
    {
        var runs = Enumerable.Range(0, recipe.Retraining.Candidates)
            .Select(i => _runs.Add(BaselineNames.Imp, i, cycle => CandidateSettings.Of(recipe, cycle, i))).ToList();
        var averages = Enumerable.Range(1, recipe.Sparsification.Cycles).Select(cycle => steps.Average(
            NodeNames.Baseline(name, NodeNames.Soup(cycle)), [.. runs.Select(r => r[cycle - 1])], cycle, policy)).ToList();
        var sparse = averages.Zip(runs[0], (average, run) => steps.HasOwnMasks(average) ? average : run.Cut);
        return new(name, [.. averages.Select(a => steps.Evaluation(a).Name)], [.. sparse.Select(s => s.Name)]);
    }

    private CandidateSettings Longer(int cycle) => CandidateSettings.Of(recipe, cycle, 0) with { Epochs = AllCandidateEpochs(cycle) };

    private int AllCandidateEpochs(int cycle) => (recipe.Soup.Anchor == AnchorNames.Retrained ? recipe.Retraining.Epochs : 0) + Enumerable.Range(0, recipe.Retraining.Candidates).Sum(i => CandidateSettings.Of(recipe, cycle, i).Epochs);
}

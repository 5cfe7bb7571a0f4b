using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The steps that baselines need beside those of the run.</summary>
internal static class BaselineGraph
{
    public static void Add(GraphBuilder builder, Recipe recipe, GraphNode dense, string baseline)
    {
        switch (baseline)
        {
            case BaselineNames.Dense: builder.Evaluation(dense); break;
            case BaselineNames.Imp: AddChain(builder, recipe, dense, baseline, longer: false); break;
            case BaselineNames.ImpLonger: AddChain(builder, recipe, dense, baseline, longer: true); break;
            case BaselineNames.MeanCandidate or BaselineNames.BestCandidate: break;
            default:
                throw new DomainException(
                    FailureCodes.UnknownMethod, $"evaluation.baselines names '{baseline}'.", $"Use some of {string.Join(", ", BaselineNames.All)}.");
        }
    }

    // Everything as candidate 0 has it, so the first cycle's cut and, unless it is longer, its retraining are the run's own.
    private static void AddChain(GraphBuilder builder, Recipe recipe, GraphNode dense, string baseline, bool longer)
    {
        var (source, before) = (dense, (GraphNode?)null);
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            var pruned = builder.Prune(NodeNames.Baseline(baseline, NodeNames.Prune(cycle)), source, before, cycle, essential: false);
            var trained = builder.Retrain(
                NodeNames.Baseline(baseline, NodeNames.Candidate(cycle, 0)), dense, pruned, Settings(recipe, cycle, longer));
            builder.Evaluation(trained);
            (source, before) = (trained, pruned);
        }
    }

    private static CandidateSettings Settings(Recipe recipe, int cycle, bool longer)
    {
        var settings = CandidateSettings.Of(recipe, cycle, 0);
        return longer ? settings with { Epochs = AllCandidateEpochs(recipe, cycle) } : settings;
    }

    private static int AllCandidateEpochs(Recipe recipe, int cycle) =>
        Enumerable.Range(0, recipe.Retraining.Candidates).Sum(i => CandidateSettings.Of(recipe, cycle, i).Epochs);
}

using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Reports.Building;

/// <summary>Assembles the baselines a recipe asks for, as far as their checkpoints have been evaluated.</summary>
internal sealed class BaselineBuilder(
    Recipe recipe, Plan plan, IReadOnlyDictionary<string, ReportedModel> models, IReadOnlyList<ReportedCycle> cycles)
{
    private readonly RetrainingCost _cost = new(plan);

    public IReadOnlyList<ReportedBaseline> Build() =>
        [.. (recipe.Evaluation.Baselines ?? BaselineNames.All).Select(Build).OfType<ReportedBaseline>()];

    private ReportedBaseline? Build(string name) => name switch
    {
        BaselineNames.Dense => Dense(),
        BaselineNames.MeanCandidate => MeanCandidate(),
        BaselineNames.BestCandidate => BestCandidate(),
        _ => Chain(name),
    };

    private ReportedBaseline? Dense() =>
        models.TryGetValue(NodeNames.Dense, out var dense) ? Of(BaselineNames.Dense, [dense], sparsity: 0, epochs: 0) with { CycleAccuracies = [], CycleShiftedAccuracies = [] } : null;

    private ReportedBaseline? Chain(string name)
    {
        var nodes = Enumerable.Range(1, recipe.Sparsification.Cycles).Select(c => Node(name, NodeNames.Candidate(c, 0))).ToList();
        var evaluated = nodes.Select(n => models.GetValueOrDefault(n)).OfType<ReportedModel>().ToList();
        if (evaluated.Count != nodes.Count)
            return null;
        var prune = plan.Steps.First(s => s.Node == Node(name, NodeNames.Prune(nodes.Count)));
        return Of(name, evaluated, prune.Result?.Metrics.GetValueOrDefault(MetricNames.Sparsity) ?? recipe.Sparsification.Sparsity, _cost.Of(nodes[^1]));
    }

    // Steps that two chains share stand in the plan once, under the name of the chain that asked first.
    private string Node(string baseline, string node) =>
        new[] { NodeNames.Baseline(baseline, node), NodeNames.Baseline(BaselineNames.Imp, node) }
            .FirstOrDefault(n => plan.Steps.Any(s => s.Node == n)) ?? node;

    private ReportedBaseline? MeanCandidate()
    {
        if (!HasCandidates())
            return null;
        var last = cycles[^1].Candidates;
        return new ReportedBaseline
        {
            Name = BaselineNames.MeanCandidate,
            Accuracy = last.Average(c => c.Accuracy),
            ShiftedAccuracy = last.Average(c => c.ShiftedAccuracy),
            Sparsity = cycles[^1].Sparsity,
            Epochs = (int)Math.Round(Enumerable.Range(0, recipe.Retraining.Candidates).Average(i => _cost.Of(NodeNames.Candidate(cycles.Count, i)))),
            CycleAccuracies = [.. cycles.Select(c => c.Candidates.Average(m => m.Accuracy))],
            CycleShiftedAccuracies = Complete(cycles.Select(c => c.Candidates.Average(m => m.ShiftedAccuracy))),
        };
    }

    // Choosing the best means training all of them, so it costs what the soup costs.
    private ReportedBaseline? BestCandidate() => HasCandidates()
        ? Of(BaselineNames.BestCandidate, [.. cycles.Select(c => c.Candidates.MaxBy(m => m.ValidationAccuracy)!)], cycles[^1].Sparsity, cycles[^1].Epochs)
        : null;

    private bool HasCandidates() => cycles.Count > 0 && cycles.All(c => c.Candidates.Count > 0);

    private static ReportedBaseline Of(string name, IReadOnlyList<ReportedModel> perCycle, double sparsity, int epochs) => new()
    {
        Name = name,
        Accuracy = perCycle[^1].Accuracy,
        ShiftedAccuracy = perCycle[^1].ShiftedAccuracy,
        Sparsity = sparsity,
        Epochs = epochs,
        CycleAccuracies = [.. perCycle.Select(m => m.Accuracy)],
        CycleShiftedAccuracies = Complete(perCycle.Select(m => m.ShiftedAccuracy)),
        Evaluation = perCycle[^1].Evaluation,
    };

    private static double[] Complete(IEnumerable<double?> values) =>
        values.ToList() is var all && all.TrueForAll(v => v is not null) ? [.. all.Select(v => v!.Value)] : [];
}

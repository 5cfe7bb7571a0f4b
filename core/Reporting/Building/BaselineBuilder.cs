using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Assembles the baselines a recipe asks for, as far as they have been measured, and says why the others are missing.</summary>
internal sealed class BaselineBuilder
{
    private readonly Recipe _recipe;
    private readonly Plan _plan;
    private readonly Measurements _measurements;
    private readonly RetrainingCost _cost;
    private readonly SoupComparison _soup;
    private readonly CandidateBaselines _candidates;
    private readonly IReadOnlyList<PruneReport> _cuts;

    public BaselineBuilder(Recipe recipe, Plan plan, Measurements measurements, IReadOnlyList<ReportedCycle> cycles)
    {
        (_recipe, _plan, _measurements, _cost) = (recipe, plan, measurements, new RetrainingCost(plan));
        _cuts = [.. cycles.Select(c => c.Prune)];
        // The soup of an earlier cycle is less sparse than what it would be compared with.
        _soup = new(cycles.Count < recipe.Sparsification.Cycles ? null : measurements.Of(NodeNames.Evaluation(NodeNames.Soup(cycles.Count))), recipe.Measure ?? MeasureInfo.Accuracy);
        _candidates = new(recipe, measurements, cycles, _soup, _cost.Of);
    }

    public (IReadOnlyList<ReportedBaseline> Present, IReadOnlyList<MissingBaseline> Missing) Build()
    {
        var all = _plan.Baselines.Select(b => (Nodes: b, Built: Build(b))).ToList();
        return (
            [.. all.Select(b => b.Built).OfType<ReportedBaseline>()],
            [.. all.Where(b => b.Built is null).Select(b => new MissingBaseline(b.Nodes.Name, Reason(b.Nodes)))]);
    }

    private ReportedBaseline? Build(BaselineNodes nodes) =>
        (nodes.Evaluations.Count == 0 ? _candidates.Build(nodes.Name) : Measured(nodes)) is { } built
            ? built with { TotalEpochs = built.Epochs + _recipe.Pretraining.Epochs, GlobalSparsity = PrunableShare.Of(built.Sparsity, _cuts) }
            : null;

    private ReportedBaseline? Measured(BaselineNodes nodes)
    {
        var measured = nodes.Evaluations.Select(_measurements.Of).OfType<MeasuredNetwork>().ToList();
        if (measured.Count != nodes.Evaluations.Count)
            return null;
        double[] sparsities = [.. nodes.Sparse.Select(SparsityOf)];
        var built = MeasuredBaseline.Of(nodes.Name, measured, _cost.Of(nodes.Evaluations[^1])) with
        {
            Sparsity = sparsities.LastOrDefault(),
            CycleSparsities = sparsities,
            SoupMinusThis = _soup.Minus([measured[^1]]),
        };
        return sparsities.Length == _recipe.Sparsification.Cycles
            ? built
            : built with { CycleAccuracies = [], CycleShiftedAccuracies = [], CycleCorruptedAccuracies = [], CycleSparsities = [], Measures = built.Measures?.WithoutCycles() };
    }

    // A soup of candidates that share a mask has that of its cut.
    private double SparsityOf(string node)
    {
        var step = _plan.Steps.First(s => s.Node == node);
        return step.Result?.Metrics.TryGetValue(MetricNames.Sparsity, out var sparsity) == true ? sparsity : _recipe.Sparsification.Sparsity;
    }

    private string Reason(BaselineNodes nodes) =>
        nodes.Evaluations.Count == 0 ? "no cycle was finished"
        : _cost.Behind(nodes.Evaluations[^1]).FirstOrDefault(s => s.State == StepState.Failed) is { } failed
            ? $"{failed.Node}: {failed.Result!.Failure!.Reason}"
            : "it has not been measured yet";
}

using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Assembles the cycles whose soup has been evaluated.</summary>
internal sealed class CycleBuilder(Recipe recipe, Plan plan, Measurements measurements, ReportReader reader)
{
    private readonly RetrainingCost _cost = new(plan);

    public async Task<IReadOnlyList<ReportedCycle>> BuildAsync(CancellationToken cancellationToken)
    {
        var cycles = new List<ReportedCycle>();
        for (var cycle = 1; cycle <= recipe.Sparsification.Cycles; cycle++)
        {
            if (await BuildAsync(cycle, cancellationToken) is not { } built)
                break;
            cycles.Add(built);
        }

        return cycles;
    }

    private async Task<ReportedCycle?> BuildAsync(int cycle, CancellationToken cancellationToken)
    {
        var prune = await reader.ReadAsync<PruneReport>(Cut(cycle), cancellationToken);
        var admission = await reader.ReadAsync<SoupReport>(Step(NodeNames.Soup(cycle)), cancellationToken);
        if (prune is null || admission is null || measurements.Model(Step(NodeNames.Soup(cycle))) is not { } soup)
            return null;
        return new ReportedCycle
        {
            Cycle = cycle,
            Sparsity = admission.Sparsity ?? prune.Sparsity,
            GlobalSparsity = PrunableShare.Of(admission.Sparsity ?? prune.Sparsity, [prune]),
            Epochs = _cost.Of(NodeNames.Soup(cycle)),
            TotalEpochs = _cost.Of(NodeNames.Soup(cycle)) + recipe.Pretraining.Epochs,
            Soup = soup,
            Candidates = Candidates(cycle),
            Prune = prune with { Layers = admission.Layers ?? prune.Layers },
            Admission = admission,
        };
    }

    private List<ReportedModel> Candidates(int cycle) =>
        [.. Enumerable.Range(0, recipe.Retraining.Candidates)
            .Select(i => measurements.Model(Step(NodeNames.Candidate(cycle, i)))).OfType<ReportedModel>()];

    // Candidates with masks of their own have a cut each, all of one sparsity; a candidate that failed has none.
    private PlannedStep? Cut(int cycle) => Enumerable.Range(0, recipe.Retraining.Candidates)
        .Select(i => Step(NodeNames.Prune(cycle, i))).FirstOrDefault(s => s?.State == StepState.Done);

    private PlannedStep? Step(string node) => plan.Steps.FirstOrDefault(s => s.Node == node);
}

using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Cuts a checkpoint layer by layer, in any order, each when what comes into it is known.</summary>
/// <remarks>
/// With the statistics that it was given, in one file, <see cref="PruneOperation"/> makes the same masks and the same weights: a layer's cut depends on
/// its own weights and statistics, and on how many weights it keeps.
/// </remarks>
public sealed class LayerwiseCut : IDisposable
{
    private readonly StateDict _source;
    private readonly PruneRequest _request;
    private readonly PlannedCut _cut;
    private readonly Known _known = new();
    private readonly CheckpointScores _scores;
    private readonly Dictionary<string, CutGroup> _groups;
    private readonly ulong[][] _words;
    private readonly SolutionWriter? _solution;

    /// <param name="source">The checkpoint, open while layers are cut.</param>
    /// <param name="request">The method and how much; its statistics are those that come.</param>
    /// <param name="solution">Gets the solved layers, so that <see cref="PruneOperation"/> need not solve them again; null for none, and not written by pruners that solve none.</param>
    /// <exception cref="DomainException">As of <see cref="PruneOperation"/>, or the allocation compares layers, so that none can be cut before all are known.</exception>
    public LayerwiseCut(StateDict source, PruneRequest request, string? solution = null)
    {
        request = request.Bounded(source);
        (_source, _request) = (source, request with { Statistics = _known });
        _cut = PlannedCut.Of(source, _request, statisticsCome: true);
        if (Problem(_cut.Allocation) is { } problem)
            throw new DomainException(FailureCodes.InvalidOption, $"The allocation {problem}.", $"Use '{UniformAllocation.Name}', or cut all layers at once.");
        _scores = new CheckpointScores(source, _cut, _request, Environment.ProcessorCount);
        _groups = SharedBudget.Of(_cut.Allocation, _scores, _cut.Keep).ToDictionary(g => _cut.Tensors[g.Tensors.Single()].Name, g => g with { ByRow = _cut.ByRow }, StringComparer.Ordinal);
        _solution = solution is not null && _cut.Pruner is ILayerSolver ? new SolutionWriter(solution, _cut.Tensors) : null;
        _words = [.. _cut.Tensors.Select(t => new ulong[TensorMask.WordsFor(t.Total)])];
    }

    /// <summary>Why layers cannot be cut one after the other with that spread over them, or null.</summary>
    public static string? Problem(IAllocation allocation) => allocation.Info.Traits.HasFlag(MethodTraits.ComparesLayers)
        ? $"'{allocation.Info.Name}' looks at all layers before it says what one of them keeps, and layers are cut one after the other"
        : null;

    /// <summary>The weights of a layer after its cut, number by number as they lie; null for layers that are not cut.</summary>
    /// <param name="statistics">What came into the layer.</param>
    /// <param name="cancellationToken">Looked at by pruners that solve layers.</param>
    /// <exception cref="DomainException">The layer has no solution, or weights or statistics that are not finite.</exception>
    public double[]? Cut(LayerStatistics statistics, CancellationToken cancellationToken = default)
    {
        if (!_groups.TryGetValue(statistics.Tensor, out var group))
            return null;
        _known.Add(statistics);
        var tensor = _cut.Tensors[group.Tensors[0]];
        if (_cut.Pruner is ILayerSolver)
            return Solve(tensor, group.Kept, cancellationToken);
        _cut.Structure.Select(_scores, [group], _words);
        var weights = new double[tensor.Total];
        _source.ReadDoubles(tensor.Name, 0, weights);
        var words = _words[group.Tensors[0]];
        for (var i = 0; i < weights.Length; i++)
            if ((words[i / 64] & (1UL << (i % 64))) == 0)
                weights[i] = 0;
        return weights;
    }

    /// <summary>Makes the file of solved layers visible; false when there is none, because the pruner solves no layers or some never came.</summary>
    public bool TryCompleteSolution() => _solution?.TryComplete() ?? false;

    /// <summary>Closes the file of solved layers, and drops it when it was not completed.</summary>
    public void Dispose() => _solution?.Dispose();

    private double[] Solve(PrunableTensor tensor, long kept, CancellationToken cancellationToken)
    {
        var layer = SolvedLayers.Solve(_source, _request, _cut, tensor, kept, cancellationToken);
        _solution?.Write(layer);
        return layer.Weights;
    }

    private sealed class Known : ILayerStatisticsSource
    {
        private readonly Dictionary<string, LayerStatistics> _layers = new(StringComparer.Ordinal);

        public void Add(LayerStatistics layer) => _layers[layer.Tensor] = layer;

        public bool Has(string tensor) => _layers.ContainsKey(tensor);

        public bool HasProducts(string tensor) => _layers.GetValueOrDefault(tensor)?.Products is not null;

        public LayerStatistics? Find(string tensor, bool products) => _layers.GetValueOrDefault(tensor);
    }
}

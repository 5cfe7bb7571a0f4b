using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Cuts the layers of a checkpoint one after the other while their statistics are collected.</summary>
internal sealed class SequentialLayers : ILayerCut, IDisposable
{
    private readonly StateDict _source;
    private readonly LayerwiseCut _cut;
    private readonly CancellationToken _cancellationToken;

    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="rule">How layers are cut.</param>
    /// <param name="mask">Its mask of the cycle before, loaded.</param>
    /// <param name="ceiling">The mask that the new one stays within, loaded.</param>
    /// <param name="folder">Takes an unpacked copy where one is needed.</param>
    /// <param name="solution">Gets the layers, where the pruner solves them; null for none.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    /// <exception cref="DomainException">The rule does not fit the checkpoint.</exception>
    public SequentialLayers(string checkpoint, SequentialCut rule, SparsityMask? mask, SparsityMask? ceiling, string? folder, string? solution, CancellationToken cancellationToken)
    {
        _source = CheckpointFile.Open(checkpoint, CheckpointUse.Prune, folder, mask);
        _cancellationToken = cancellationToken;
        try
        {
            _cut = new LayerwiseCut(_source, PruneRequest.Of(rule, mask, ceiling), solution);
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    public float[]? Cut(LayerStatistics statistics)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return _cut.Cut(statistics, _cancellationToken) is { } weights ? Array.ConvertAll(weights, w => (float)w) : null;
    }

    /// <summary>Whether all layers were solved, and are in the file.</summary>
    public bool TryCompleteSolution() => _cut.TryCompleteSolution();

    public void Dispose()
    {
        _cut.Dispose();
        _source.Dispose();
    }
}

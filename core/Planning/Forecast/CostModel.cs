using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// What steps cost, learnt from results: training by seconds per epoch, everything else by the mean of its kind.
/// Results of failed steps say nothing about cost and are left out.
/// </summary>
internal sealed class CostModel
{
    private readonly ILookup<string, StepResult> _byKind;
    private readonly double? _secondsPerEpoch;

    public CostModel(IEnumerable<StepResult> results)
    {
        _byKind = results.Where(r => r.Failure is null).DistinctBy(r => r.Key).ToLookup(r => r.Kind, StringComparer.Ordinal);
        List<StepResult> trained = [.. _byKind[StepKinds.Train].Where(r => r.Metrics.GetValueOrDefault(MetricNames.Epochs) > 0)];
        _secondsPerEpoch = trained.Count == 0 ? null : trained.Sum(r => r.Seconds) / trained.Sum(r => r.Metrics[MetricNames.Epochs]);
    }

    public double? Seconds(string kind, int epochs) =>
        kind == StepKinds.Train && _secondsPerEpoch is { } perEpoch ? perEpoch * epochs
        : _byKind[kind].Any() ? _byKind[kind].Average(r => r.Seconds)
        : null;

    public long? Bytes(string kind) =>
        _byKind[kind].Any() ? (long)_byKind[kind].Average(r => r.Outputs.Values.Sum(o => (double)o.SizeBytes)) : null;
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// What steps cost, learnt from results: training by seconds per epoch, everything else by the mean of its kind.
/// Results of failed steps say nothing about cost and are left out.
/// </summary>
internal sealed class CostModel
{
    // Means are taken once: a plan of a study asks for them once per step, thousands of times.
    private readonly Dictionary<string, (double Seconds, double Bytes)> _means;
    private readonly double? _secondsPerEpoch;

    public CostModel(IEnumerable<StepResult> results)
    {
        List<StepResult> successes = [.. results.Where(r => r.Failure is null).DistinctBy(r => r.Key)];
        _means = successes.GroupBy(r => r.Kind, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => (g.Average(r => r.Seconds), g.Average(r => r.Outputs.Values.Sum(o => (double)o.SizeBytes))),
            StringComparer.Ordinal);
        List<StepResult> trained = [.. successes.Where(r => r.Kind == StepKinds.Train && r.Metrics.GetValueOrDefault(MetricNames.Epochs) > 0)];
        _secondsPerEpoch = trained.Count == 0 ? null : trained.Sum(r => r.Seconds) / trained.Sum(r => r.Metrics[MetricNames.Epochs]);
    }

    public double? Seconds(string kind, int epochs) =>
        kind == StepKinds.Train && _secondsPerEpoch is { } perEpoch ? perEpoch * epochs
        : _means.TryGetValue(kind, out var mean) ? mean.Seconds
        : null;

    public long? Bytes(string kind) => _means.TryGetValue(kind, out var mean) ? (long)mean.Bytes : null;
}

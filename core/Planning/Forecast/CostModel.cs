using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// What steps cost, learnt from results: training by seconds per epoch, statistics by seconds per example and pass, everything else by the mean of its kind.
/// Results of failed steps say nothing about cost and are left out.
/// </summary>
internal sealed class CostModel
{
    // Means are taken once: a plan of a study asks for them once per step, thousands of times.
    private readonly Dictionary<string, (double Seconds, double Bytes)> _means;
    private readonly double? _secondsPerEpoch;
    private readonly SampleCosts _samples;

    public CostModel(IEnumerable<StepResult> results)
    {
        List<StepResult> successes = [.. results.Where(r => r.Failure is null).DistinctBy(r => r.Key)];
        _means = successes.GroupBy(r => r.Kind, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => (g.Average(r => r.Seconds), g.Average(r => r.Outputs.Values.Sum(o => (double)o.SizeBytes))),
            StringComparer.Ordinal);
        List<StepResult> trained = [.. successes.Where(r => r.Kind == StepKinds.Train && r.Metrics.GetValueOrDefault(MetricNames.Epochs) > 0)];
        _secondsPerEpoch = trained.Count == 0 ? null : trained.Sum(r => r.Seconds) / trained.Sum(r => r.Metrics[MetricNames.Epochs]);
        _samples = new SampleCosts([.. successes.Where(r => r.Kind == StepKinds.Collect)]);
    }

    public double? Seconds(PlannedStep step) => step.Sample is { } sample && _samples.AreKnown ? _samples.Seconds(sample) : Seconds(step.Kind, step.Epochs);

    private double? Seconds(string kind, int epochs) =>
        kind == StepKinds.Train && _secondsPerEpoch is { } perEpoch ? perEpoch * epochs
        : _means.TryGetValue(kind, out var mean) ? mean.Seconds
        : null;

    public long? Bytes(string kind) => _means.TryGetValue(kind, out var mean) ? (long)mean.Bytes : null;
}

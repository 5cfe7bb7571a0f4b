using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What it costs to run examples through networks, learnt from collections that say how many and how often.</summary>
/// <param name="collected">Results of steps of kind <c>collect</c>, those of the run itself first.</param>
internal sealed class SampleCosts(IReadOnlyList<StepResult> collected)
{
    private readonly List<Measured> _measured = [.. collected.Select(Measured.Of).OfType<Measured>()];

    /// <summary>Whether any says so: those of versions before do not.</summary>
    public bool AreKnown => _measured.Count > 0;

    /// <summary>
    /// Seconds for each example and pass, of collections of the same sort where there are some: where layers are cut on the way, a pass sums one layer and
    /// cuts it, and otherwise it sums all.
    /// </summary>
    public double Seconds(SampleWork work)
    {
        var alike = _measured.Where(m => m.EachLayer == work.EachLayer).ToList();
        var from = alike.Count > 0 ? alike : _measured;
        // Networks of other runs may have more layers or fewer.
        var passes = work.EachLayer ? _measured[0].Layers : 1;
        return from.Sum(m => m.Seconds) / from.Sum(m => m.Examples * m.Passes) * work.Examples * passes;
    }

    private sealed record Measured(double Seconds, double Layers, double Examples, double Passes)
    {
        public bool EachLayer => Passes > 1;

        public static Measured? Of(StepResult result) =>
            result.Metrics.TryGetValue(MetricNames.Layers, out var layers) && result.Metrics.TryGetValue(MetricNames.Examples, out var examples)
            && result.Metrics.TryGetValue(MetricNames.Passes, out var passes) && examples * passes > 0
                ? new Measured(result.Seconds, layers, examples, passes)
                : null;
    }
}

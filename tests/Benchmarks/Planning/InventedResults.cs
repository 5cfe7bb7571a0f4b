using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Benchmarks;

/// <summary>Results in memory, invented for every step that becomes ready.</summary>
internal sealed class InventedResults : IPlanLookup
{
    private readonly Dictionary<string, StepResult> _results = new(StringComparer.Ordinal);

    public StepResult? Result(string stepKey) => _results.GetValueOrDefault(stepKey);

    public IReadOnlyList<string>? Choice(string node) => null;

    /// <summary>Invents results until the run is finished.</summary>
    public Plan Finish(RunGraph graph)
    {
        var plan = graph.Plan(this, DateTimeOffset.UnixEpoch);
        while (!plan.Finished)
        {
            foreach (var step in plan.Ready) _results[step.Key!] = Invent(step);
            plan = graph.Plan(this, DateTimeOffset.UnixEpoch);
        }
        return plan;
    }

    private static StepResult Invent(PlannedStep step) => new()
    {
        Key = step.Key!,
        Kind = step.Kind,
        Outputs = new[] { OutputNames.Checkpoint, OutputNames.Mask, OutputNames.Report }.ToDictionary(name => name, name => Artifact(step.Key + name)),
        Metrics = new[] { MetricNames.ValidationAccuracy, MetricNames.Accuracy, MetricNames.NormDrop, MetricNames.PrunedFraction }
            .ToDictionary(name => name, _ => 0.5),
        CompletedAt = DateTimeOffset.UnixEpoch,
        Seconds = 1,
        Worker = "bench",
    };

    private static ArtifactRef Artifact(string content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), content.Length, ArtifactFormats.Safetensors);
}

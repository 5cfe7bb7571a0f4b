using System.Buffers;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Tells before a run gets that far whether this version knows all that a step of a stored graph says: its spec is read with made-up inputs and written
/// again, and what a version does not know is missing then.
/// </summary>
internal static class Understanding
{
    private const double AnyMetric = 0.5;
    private static readonly ArtifactRef AnyArtifact = new(new string('0', 64), 0, ArtifactFormats.Safetensors);

    /// <summary>What this version does not know; null when it knows all.</summary>
    public static string? ProblemWith(SpecTemplate template, QuorumGate? gate)
    {
        var steps = template.Inputs.ToDictionary(i => i, i => Imagined(i, template), StringComparer.Ordinal);
        var json = new ArrayBufferWriter<byte>();
        template.Write(json, new ResolvedInputs(steps, gate?.Members ?? [], [.. (gate?.Members ?? []).Select(m => steps[m])]));
        SpecTemplate.Read(json.WrittenSpan, out var problem);
        return problem;
    }

    private static PlannedStep Imagined(string node, SpecTemplate template) => new()
    {
        Node = node,
        Kind = "",
        DependsOn = [],
        State = StepState.Done,
        Epochs = 0,
        Result = new StepResult
        {
            Key = "",
            Kind = "",
            Outputs = template.References.Select(r => r.Output).OfType<string>().Distinct().ToDictionary(o => o, _ => AnyArtifact, StringComparer.Ordinal),
            Metrics = template.References.Select(r => r.Metric).OfType<string>().Distinct().ToDictionary(m => m, _ => AnyMetric, StringComparer.Ordinal),
            CompletedAt = default,
            Seconds = 0,
            Worker = "",
        },
    };
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>What compression has come to, in lines for the terminal.</summary>
public static class CompressionLines
{
    /// <summary>Bytes, whether sparse execution pays where that was measured, and warnings last.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="warnings">What is known of the cut behind it; null knows what was measured only.</param>
    public static IEnumerable<string> Of(EvaluationReport report, IEnumerable<string>? warnings = null)
    {
        if (report.Compression is { } compression)
            yield return Sizes(compression.Exports);
        if (report.Latency is { } latency)
            yield return LatencyVerdict.Of(latency);
        foreach (var warning in warnings ?? report.Compression?.Alarms ?? [])
            yield return $"warning: {warning}";
    }

    private static string Sizes(ExportSizes sizes) =>
        $"on disk: {Figures.Bytes(sizes.Safetensors)} as safetensors, {Figures.Bytes(sizes.Packed)} packed "
        + $"({Figures.Percent((double)sizes.Packed / sizes.Safetensors)}), {Figures.Bytes(sizes.Mask)} the mask by itself";
}

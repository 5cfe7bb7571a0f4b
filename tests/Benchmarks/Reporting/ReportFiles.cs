using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Benchmarks;

internal static class ReportFiles
{
    /// <summary>Writes PATH.md and PATH.json.</summary>
    public static async Task WriteAsync(BenchmarkReport report, string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".md", Heading(report) + MarkdownReport.Write(report), cancellationToken);
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(report, ContractJson.Options), cancellationToken);
    }

    private static string Heading(BenchmarkReport report) => $"""
        # Benchmarks

        Written by `make bench BENCH="{report.Arguments}"`. Every ratio compares two things in one run, interleaved; the targets were set
        before anything was measured, and a target that is missed is reported as missed.


        """;
}

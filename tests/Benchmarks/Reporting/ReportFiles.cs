using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Benchmarks;

internal static class ReportFiles
{
    private const string Heading = """
        # Benchmarks

        Written by `make bench BENCH="--output docs/benchmarks"`. Every ratio compares two things in one run, interleaved; the targets were set
        before anything was measured, and a target that is missed is reported as missed.


        """;

    /// <summary>Writes PATH.md and PATH.json.</summary>
    public static async Task WriteAsync(BenchmarkReport report, string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".md", Heading + MarkdownReport.Write(report), cancellationToken);
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(report, ContractJson.Options), cancellationToken);
    }
}

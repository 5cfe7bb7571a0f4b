using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Benchmarks;

internal static class ReportFiles
{
    /// <summary>Writes PATH.md and PATH.json.</summary>
    public static void Write(BenchmarkReport report, string path)
    {
        File.WriteAllText(path + ".md", Heading(report) + MarkdownReport.Write(report));
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(report, ContractJson.Options));
    }

    private static string Heading(BenchmarkReport report) => $"""
        # Benchmarks

        Written by `make bench BENCH="{report.Arguments}"`. Every ratio compares two things in one run, interleaved; the targets were set
        before anything was measured, and a target that is missed is reported as missed. A page is written only while others leave the machine
        alone: before each benchmark less than {QuietMachine.Allowed} cores were in use.


        """;
}

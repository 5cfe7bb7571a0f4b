using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Benchmarks;

internal static class ReportFiles
{
    /// <summary>Writes PATH.md and PATH.json.</summary>
    public static async Task WriteAsync(BenchmarkReport report, string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".md", MarkdownReport.Write(report), cancellationToken);
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(report, ContractJson.Options), cancellationToken);
        Console.WriteLine($"written: {path}.md, {path}.json");
    }
}

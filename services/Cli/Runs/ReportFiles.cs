using System.Text.Json;
using SparsePipeline.Cli.Commands;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Cli.Runs;

/// <summary>Writes a run's report beside each other as JSON and HTML, and its table as Markdown for those who want to paste it.</summary>
internal sealed record ReportFiles(string Html, string Json)
{
    /// <summary>The files in a folder.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. new[] { "report.html", "report.json", "report.md" }.Select(f => Path.Combine(folder, f))];

    /// <summary>Creates the folder and replaces earlier reports.</summary>
    public static async Task<ReportFiles> WriteAsync(RunReport report, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = new ReportFiles(Path.Combine(folder, "report.html"), Path.Combine(folder, "report.json"));
        await File.WriteAllTextAsync(files.Json, JsonSerializer.Serialize(report, ContractJson.Options) + "\n", cancellationToken);
        await File.WriteAllTextAsync(files.Html, ReportPage.Render(report, Catalog.Create()), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), MarkdownReport.Render(report), cancellationToken);
        return files;
    }
}

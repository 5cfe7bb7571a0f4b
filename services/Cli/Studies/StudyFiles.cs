using System.Text.Json;
using SparsePipeline.Cli.Studies.Pages;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies;

/// <summary>Writes a study's report: JSON, Markdown and charts beside each other.</summary>
internal static class StudyFiles
{
    public const string Json = "study.json";

    public const string Page = "study.md";

    /// <summary>The files in a study's folder that are there whatever its results; charts lie beside them.</summary>
    public static IReadOnlyList<string> In(string folder) => [Path.Combine(folder, Json), Path.Combine(folder, Page)];

    /// <summary>Creates the folder and replaces earlier reports; returns the folder.</summary>
    public static async Task<string> WriteAsync(StudyReport report, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, Json), JsonSerializer.Serialize(report, ContractJson.Options) + "\n", cancellationToken);
        foreach (var chart in StudyCharts.Of(report))
            await File.WriteAllTextAsync(Path.Combine(folder, chart.File), chart.Svg, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, Page), $"# {report.Title}\n\n{StudyPage.Write(report, charts: ".")}", cancellationToken);
        return folder;
    }
}

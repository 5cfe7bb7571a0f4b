using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Pages;

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

    /// <summary>Writes a page about several studies; its folder is created.</summary>
    /// <param name="page">What to write.</param>
    /// <param name="file">Where.</param>
    /// <param name="preface">File of the Markdown that it begins with; null for a plain heading.</param>
    /// <param name="cancellationToken">Stops reading and writing.</param>
    /// <exception cref="DomainException">The preface asks for a figure that there is not.</exception>
    public static async Task WriteAsync(ResultsPage page, string file, string? preface, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var text = page.Write(folder, preface is null ? null : (await File.ReadAllTextAsync(preface, cancellationToken), preface));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(file, text, cancellationToken);
    }
}

using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies.Pages;

/// <summary>One page about several studies.</summary>
internal static class ResultsPage
{
    /// <param name="file">The page; its folder is created.</param>
    /// <param name="preface">Markdown that it begins with; null for a plain heading.</param>
    /// <param name="studies">Reports and the folders of their charts.</param>
    /// <param name="cancellationToken">Stops reading and writing.</param>
    public static async Task WriteAsync(
        string file, string? preface, IReadOnlyList<(StudyReport Report, string Folder)> studies, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var page = new StringBuilder(preface is null ? "# Results\n" : (await File.ReadAllTextAsync(preface, cancellationToken)).TrimEnd() + "\n");
        page.Append("\n## Verdicts\n\n").Append(ClaimTable.Across([.. studies.Select(s => s.Report)]));
        foreach (var (report, charts) in studies)
            page.Append($"\n## {report.Title}\n\n").Append(StudyPage.Write(report, Path.GetRelativePath(folder, charts)));
        await File.WriteAllTextAsync(file, page.ToString(), cancellationToken);
    }
}

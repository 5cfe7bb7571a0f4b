using System.Text;
using SparsePipeline.Cli.Studies.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies.Pages;

/// <summary>One page about several studies.</summary>
/// <param name="studies">Reports and the folders of their charts.</param>
/// <param name="leftOut">Studies that were asked for and have no figures yet.</param>
internal sealed class ResultsPage(IReadOnlyList<(StudyReport Report, string Folder)> studies, IReadOnlyList<LeftOutStudy> leftOut)
{
    /// <param name="file">The page; its folder is created.</param>
    /// <param name="preface">File of the Markdown that it begins with; null for a plain heading.</param>
    /// <param name="cancellationToken">Stops reading and writing.</param>
    /// <exception cref="DomainException">The preface asks for a figure that there is not.</exception>
    public async Task WriteAsync(string file, string? preface, CancellationToken cancellationToken)
    {
        var reports = studies.Select(s => s.Report).ToList();
        var beginning = preface is null ? "# Results" : StudyText.Fill(await File.ReadAllTextAsync(preface, cancellationToken), preface, reports, [.. leftOut.Select(s => s.Name)]).TrimEnd();
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var page = new StringBuilder(beginning).Append("\n\n## Verdicts\n\n");
        foreach (var study in leftOut)
            page.Append($"*{study.Title}* is left out: no judging seed is complete.\n\n");
        if (reports.Count > 0)
            page.Append(ClaimTable.Across(reports));
        foreach (var (report, charts) in studies)
            page.Append($"\n## {report.Title}\n\n").Append(StudyPage.Write(report, Path.GetRelativePath(folder, charts)));
        await File.WriteAllTextAsync(file, page.ToString(), cancellationToken);
    }
}

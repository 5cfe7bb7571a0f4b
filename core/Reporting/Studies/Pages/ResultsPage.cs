using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Text;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>One page about several studies.</summary>
/// <param name="studies">Reports and the folders of their charts.</param>
/// <param name="leftOut">Studies that were asked for and have no figures yet.</param>
public sealed class ResultsPage(IReadOnlyList<(StudyReport Report, string Folder)> studies, IReadOnlyList<LeftOutStudy> leftOut)
{
    /// <summary>The page as Markdown.</summary>
    /// <param name="folder">The full path of the folder it will be in: charts are named as they are seen from there.</param>
    /// <param name="preface">The Markdown that it begins with and what that is called in messages; null for a plain heading.</param>
    /// <exception cref="DomainException">The preface asks for a figure that there is not.</exception>
    public string Write(string folder, (string Text, string Source)? preface)
    {
        var reports = studies.Select(s => s.Report).ToList();
        var beginning = preface is not { } written ? "# Results" : StudyText.Fill(written.Text, written.Source, reports, [.. leftOut.Select(s => s.Name)]).TrimEnd();
        var page = new StringBuilder(beginning).Append("\n\n## Verdicts\n\n");
        foreach (var study in leftOut)
            page.Append($"*{study.Title}* is left out: no judging seed is complete.\n\n");
        if (reports.Count > 0)
            page.Append(ClaimTable.Across(reports));
        foreach (var (report, charts) in studies)
            page.Append($"\n## {report.Title}\n\n").Append(StudyPage.Write(report, Path.GetRelativePath(folder, charts)));
        return page.ToString();
    }
}

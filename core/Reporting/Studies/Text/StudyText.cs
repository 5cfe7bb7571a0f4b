using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Text;

/// <summary>Fills the texts that belong to studies.</summary>
public static class StudyText
{
    /// <summary>The report with the figures put into its notes.</summary>
    /// <exception cref="DomainException">The notes ask for a figure that there is not.</exception>
    public static StudyReport Filled(StudyReport report) => report.Notes is not { } notes
        ? report
        : report with { Notes = Placeholders.Fill(notes, $"The notes of {report.Name}", new StudyFigures(report).Of) };

    /// <summary>A text about several studies: placeholders begin with the name of one, <c>{{digits/weights}}</c>.</summary>
    /// <param name="text">Markdown.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <param name="reports">The studies there are.</param>
    /// <param name="leftOut">Names of studies that were asked for and have no figures yet: they show a dash.</param>
    /// <exception cref="DomainException">The text asks for a figure that there is not.</exception>
    public static string Fill(string text, string source, IReadOnlyList<StudyReport> reports, IReadOnlyCollection<string> leftOut) => Placeholders.Fill(text, source, placeholder =>
    {
        var (name, rest) = placeholder.Split('/', 2) is [var first, var second] ? (first, second) : ("", placeholder);
        if (leftOut.Contains(name))
            return Pages.Cells.None;
        return reports.FirstOrDefault(r => r.Name == name) is { } report
            ? new StudyFigures(report).Of(rest)
            : throw new PlaceholderException($"There is no study '{name}' among those given.", $"Begin with the name of a study and a slash: {string.Join(", ", reports.Select(r => $"{r.Name}/…"))}.");
    });
}

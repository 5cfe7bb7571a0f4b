using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>Says when what a study judges was written down, and warns when its results are older than that.</summary>
internal static class StudyOriginText
{
    // Enough to be found again; study.json has all of it.
    private const int DigestLength = 12;

    public static string Of(StudyReport report)
    {
        var judged = $"laims, judging seeds and the grid that judges (digest `{report.Origin.Digest[..DigestLength]}`)";
        var origin = report.Origin.Commit is { } commit
            ? $"C{judged} are those of commit `{commit[..7]}`, {Time(report.Origin.CommittedAt!.Value)}"
            : $"Nobody can tell when c{judged} last changed: {report.Origin.Unknown}";
        var computed = report.Computed is { } runs ? $"; the {runs.Runs} runs that judge were finished from {Time(runs.First)} to {Time(runs.Last)}" : "";
        return $"\n{origin}{computed}.{Warning(report)}{LeftOut(report)}\n";
    }

    private static string Warning(StudyReport report) => report switch
    {
        { Computed.BeforeOrigin: > 0 and var before, Computed.Runs: var runs } =>
            $" **Warning: {before} of {runs} results are older than that commit: what is judged was changed when they were there.**",
        { Origin.Commit: null } => " **Warning: so results may be older than what they are judged by.**",
        _ => "",
    };

    private static string LeftOut(StudyReport report) => string.Concat(report.Missing.Where(m => m.IsLeftOut)
        .Select(m => $" Not computed yet, and so left out: the grid {m.Grid}."));

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

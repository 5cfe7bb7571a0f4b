using System.Globalization;
using SparsePipeline.Cli.Commands;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies.Origins;

/// <summary>Finds the commit in which what a study judges last changed: a study is written down before it is run, and this shows whether it was.</summary>
internal static class StudyOrigins
{
    // Beyond that many changes of one file nobody asks when it last changed.
    private const int Changes = 200;

    /// <param name="path">The study.</param>
    /// <param name="study">What it says now, before paths of files are replaced by their contents.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<StudyOrigin> FindAsync(string path, Study study, CancellationToken cancellationToken)
    {
        var (folder, file) = (Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        var origin = new StudyOrigin { Digest = StudyDigest.Of(study) };
        var git = new Git(folder);
        if (await git.AskAsync(["log", $"--max-count={Changes}", "--format=%H %cI", "--", file, study.RecipePath], cancellationToken) is not { } log)
            return origin with { Unknown = "no git repository with commits has the study" };
        var commits = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).Select(l => (Id: l[0], At: l[1])).ToList();
        if (commits.Count == 0)
            return origin with { Unknown = "the study was never committed" };

        (string Id, string At)? since = null;
        foreach (var commit in commits)
        {
            if (await DigestAsync(git, file, commit.Id, cancellationToken) != origin.Digest)
                break;
            since = commit;
        }

        return since is not { } found
            ? origin with { Unknown = $"the study was changed after its last commit, {commits[0].Id[..7]}, and the change is not committed" }
            : origin with { Commit = found.Id, CommittedAt = DateTimeOffset.Parse(found.At, CultureInfo.InvariantCulture).ToUniversalTime() };
    }

    // Of a version that cannot be read any more nobody can say that it was the same.
    private static async Task<string?> DigestAsync(Git git, string file, string commit, CancellationToken cancellationToken)
    {
        if (await ShowAsync(git, commit, file, cancellationToken) is not { } text)
            return null;
        var reading = StudyReader.ReadEarlier(text, name => ShowAsync(git, commit, name, cancellationToken).GetAwaiter().GetResult(), Catalog.Create());
        return reading.Study is { } study ? StudyDigest.Of(study) : null;
    }

    private static Task<string?> ShowAsync(Git git, string commit, string name, CancellationToken cancellationToken) =>
        git.AskAsync(["show", $"{commit}:./{name}"], cancellationToken);
}

using SparsePipeline.Cli.Runs;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli.Store;

/// <summary>The runs that a name, an id or the beginning of one stands for.</summary>
internal static class NamedRuns
{
    private const int Shown = 8;

    // "-" and twelve digits of the recipe's digest.
    private const int Suffix = 13;

    /// <summary>Ids that the text stands for: the run of this id, else the runs of this name, else those whose ids begin with it.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: there is none; the answer names those that are meant, perhaps.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(LocalStore store, string text, CancellationToken cancellationToken)
    {
        var all = await store.Runs.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        if (all.Contains(text))
            return [text];
        var named = all.Where(id => NameOf(id) == text).ToList();
        var matches = named.Count > 0 ? named : all.Where(id => id.StartsWith(text, StringComparison.Ordinal)).ToList();
        return matches.Count > 0 ? matches : throw new DomainException(
            FailureCodes.InvalidOption,
            $"RUN '{text}' names no run.",
            all.Count == 0 ? "The store has no runs yet." : Suggestion(text, all));
    }

    /// <summary>Several runs in the order in which somebody who names them all wants one: finished before unfinished, newest first.</summary>
    /// <remarks>The runs of a study come after those that somebody has asked for alone: they have the recipe's name and other settings.</remarks>
    public static async Task<IReadOnlyList<RunSummary>> RankAsync(LocalStore store, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var runs = new List<RunSummary>();
        foreach (var id in ids)
            runs.Add(await RunSummary.ReadAsync(store, id, cancellationToken));
        return [.. runs.OrderByDescending(r => r.State == RunStates.Finished).ThenBy(r => RunOrigins.IsStudy(r.Origin))
            .ThenByDescending(r => r.SubmittedAt).ThenBy(r => r.RunId, StringComparer.Ordinal)];
    }

    /// <summary>Runs with their state, time and origin, in one line.</summary>
    public static string Text(IReadOnlyList<RunSummary> runs) =>
        string.Join("; ", runs.Take(Shown).Select(r => $"{r.RunId} ({r.Standing})"))
        + (runs.Count > Shown ? $"; and {runs.Count - Shown} more (`sparsepipe runs list`)" : "");

    /// <summary>The recipe's name in a run id.</summary>
    public static string NameOf(string runId) => RunId.IsWellFormed(runId) ? runId[..^Suffix] : runId;

    private static string Suggestion(string text, List<string> all)
    {
        var names = all.Select(NameOf).Distinct(StringComparer.Ordinal).ToList();
        return NameSuggestion.For(text.Length > Suffix && RunId.IsWellFormed(text) ? NameOf(text) : text, names);
    }
}

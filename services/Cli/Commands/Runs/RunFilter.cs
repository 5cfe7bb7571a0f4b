using System.CommandLine;
using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary>Options that say which runs are to be listed.</summary>
internal static class RunFilter
{
    public static readonly Option<string?> State = new("--state")
    {
        Description = "Only runs in this state.",
        HelpName = string.Join('|', RunStates.All),
    };

    public static readonly Option<string?> Name = new("--name") { Description = "Only runs of recipes of this name; * stands for anything.", HelpName = "NAME" };

    public static readonly Option<string?> Since = new("--since")
    {
        Description = "Only runs first submitted on this day (UTC) or later: 2026-11-29, or 7d for the last seven days.",
        HelpName = "DAY",
    };

    public static readonly Option<int> Limit = new("--limit")
    {
        Description = $"Most runs to list, 1 to {RunQuery.MostPerPage}.",
        HelpName = "N",
        DefaultValueFactory = _ => RunQuery.UsualPerPage,
    };

    public static readonly Option<string?> Page = new("--page") { Description = "Goes on where the page before ended, which names it.", HelpName = "TOKEN" };

    static RunFilter() => State.AcceptOnlyFromAmong([.. RunStates.All]);

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: a value is none.</exception>
    public static RunQuery Read(Invocation invocation, DateTimeOffset now) => new()
    {
        State = invocation.Value(State),
        Name = invocation.Value(Name),
        Since = invocation.Value(Since) is { } day ? ReadDay(day, now) : null,
        Limit = invocation.Required(Limit) is >= 1 and <= RunQuery.MostPerPage and var limit ? limit : throw new DomainException(
            FailureCodes.InvalidOption, $"--limit {invocation.Required(Limit)} is out of range.", $"Give a number from 1 to {RunQuery.MostPerPage}; --page lists the rest."),
        Page = invocation.Value(Page),
    };

    /// <summary>The options as they were typed, without the page.</summary>
    public static IEnumerable<string> Words(Invocation invocation) =>
    [
        .. invocation.Value(State) is { } state ? (string[])["--state", state] : [],
        .. invocation.Value(Name) is { } name ? (string[])["--name", name] : [],
        .. invocation.Value(Since) is { } since ? (string[])["--since", since] : [],
        .. invocation.Required(Limit) is var limit and not RunQuery.UsualPerPage ? (string[])["--limit", limit.ToString(CultureInfo.InvariantCulture)] : [],
    ];

    private static DateOnly ReadDay(string text, DateTimeOffset now)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36500)
            return DateOnly.FromDateTime(now.UtcDateTime.AddDays(-days));
        throw new DomainException(FailureCodes.InvalidOption, $"--since '{text}' is no day.", "Write 2026-11-29, or 7d for the last seven days.");
    }
}

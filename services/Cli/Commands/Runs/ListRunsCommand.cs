using System.CommandLine;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs list</c>: where the runs of a store stand.</summary>
internal static class ListRunsCommand
{
    private const string ByDay = "newest";
    private const string ByName = "name";
    private const string ByState = "state";
    private const string BySubmission = "submitted";

    private static readonly Option<string> Sort = new("--sort")
    {
        Description = "Order within the page. newest: newest first; name: by id; state: unfinished first, then failed, cancelled, finished; "
            + "submitted: the newest last.",
        HelpName = $"{ByDay}|{ByName}|{ByState}|{BySubmission}",
        DefaultValueFactory = _ => ByDay,
    };

    static ListRunsCommand() => Sort.AcceptOnlyFromAmong(ByDay, ByName, ByState, BySubmission);

    public static Command Create() => new CommandWithExamples(
        "list",
        "List runs of the store with their state and how many of their steps are done: a page of them, the newest first.",
        "sparsepipe runs list",
        "sparsepipe runs list --state failed --since 7d --profile distributed",
        "sparsepipe runs list --name 'sms-*' --limit 20 --json")
    {
        RunFilter.State, RunFilter.Name, RunFilter.Since, RunFilter.Limit, RunFilter.Page, Sort,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var query = RunFilter.Read(invocation, TimeProvider.System.GetUtcNow());
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        await store.IndexBuilding.EnsureAsync(cancellationToken);
        var page = await store.Index.PageAsync(query, cancellationToken);
        var runs = Sorted(await RunSummary.ReadAsync(store, page, cancellationToken), invocation.Required(Sort));
        invocation.Answer(new { Items = runs, page.Next });
        foreach (var run in runs)
            invocation.Say($"{run.State,-11} {run.RunId}  {run.Done} of {run.Total} steps done{(run.SubmittedAt is { } at ? $", submitted {at:u}" : "")}{(run.Origin is { } origin ? $", {origin}" : "")}");
        if (runs.Count == 0)
            invocation.Say(query == new RunQuery { Limit = query.Limit } ? "no runs yet" : "no such runs");
        if (page.Next is { } next)
            invocation.Say($"more: {ShellText.Join(["sparsepipe", "runs", "list", .. RunFilter.Words(invocation), "--page", next, .. invocation.Where])}");
        return ExitCodes.Ok;
    }

    private static IReadOnlyList<RunSummary> Sorted(IReadOnlyList<RunSummary> runs, string sort)
    {
        var byName = runs.OrderBy(r => r.RunId, StringComparer.Ordinal);
        var states = RunStates.All.ToList();
        return sort switch
        {
            ByName => [.. byName],
            ByState => [.. byName.OrderBy(r => states.IndexOf(r.State))],
            BySubmission => [.. byName.OrderBy(r => r.SubmittedAt)],
            _ => runs,
        };
    }
}

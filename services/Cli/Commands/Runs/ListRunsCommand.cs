using System.CommandLine;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs list</c>: where the runs of a store stand.</summary>
internal static class ListRunsCommand
{
    private const string ByName = "name";
    private const string ByState = "state";
    private const string BySubmission = "submitted";

    private static readonly Option<string> Sort = new("--sort")
    {
        Description = "name: in the order of their ids; state: unfinished first, then failed, cancelled, finished; submitted: the newest last.",
        HelpName = $"{ByName}|{ByState}|{BySubmission}",
        DefaultValueFactory = _ => ByName,
    };

    static ListRunsCommand() => Sort.AcceptOnlyFromAmong(ByName, ByState, BySubmission);

    public static Command Create() => new CommandWithExamples(
        "list",
        "List the runs of the store with their state and how many of their steps are done.",
        "sparsepipe runs list",
        "sparsepipe runs list --sort state --profile distributed",
        "sparsepipe runs list --json")
    {
        Sort,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var store = LocalStore.OpenExisting(invocation.Settings);
        var runs = Sorted(await RunSummary.ReadAllAsync(store, cancellationToken), invocation.Required(Sort));
        invocation.Answer(runs);
        foreach (var run in runs)
            invocation.Say($"{run.State,-11} {run.RunId}  {run.Done} of {run.Total} steps done{(run.SubmittedAt is { } at ? $", submitted {at:u}" : "")}");
        if (runs.Count == 0)
            invocation.Say("no runs yet");
        return ExitCodes.Ok;
    }

    private static List<RunSummary> Sorted(IEnumerable<RunSummary> runs, string sort)
    {
        var byName = runs.OrderBy(r => r.RunId, StringComparer.Ordinal);
        var states = RunStates.All.ToList();
        return sort switch
        {
            ByState => [.. byName.OrderBy(r => states.IndexOf(r.State))],
            BySubmission => [.. byName.OrderBy(r => r.SubmittedAt)],
            _ => [.. byName],
        };
    }
}

using System.CommandLine;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary><c>runs list</c>: where the runs of a store stand.</summary>
internal static class ListRunsCommand
{
    private const string ByName = "name";
    private const string ByState = "state";

    private static readonly Option<string> Sort = new("--sort")
    {
        Description = "name: in the order of their ids; state: unfinished first, then failed, cancelled, finished.",
        HelpName = $"{ByName}|{ByState}",
        DefaultValueFactory = _ => ByName,
    };

    static ListRunsCommand() => Sort.AcceptOnlyFromAmong(ByName, ByState);

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
            invocation.Say($"{run.State,-11} {run.RunId}  {run.Done} of {run.Total} steps done");
        if (runs.Count == 0)
            invocation.Say("no runs yet");
        return ExitCodes.Ok;
    }

    private static List<RunSummary> Sorted(IEnumerable<RunSummary> runs, string sort)
    {
        var byName = runs.OrderBy(r => r.RunId, StringComparer.Ordinal);
        var order = RunStates.All.ToList();
        return sort == ByState ? [.. byName.OrderBy(r => order.IndexOf(r.State))] : [.. byName];
    }
}

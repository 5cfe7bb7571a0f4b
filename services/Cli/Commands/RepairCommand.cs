using System.CommandLine;
using SparsePipeline.Cli.Commands.Runs;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Verification;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>repair RUN|DIGEST</c>: has made again what a store has lost.</summary>
internal static class RepairCommand
{
    private static readonly Argument<string> What = new("RUN|DIGEST")
    {
        Description = "A run id or its beginning: everything the run has made. Or the 64 digits of an artifact, as messages name it.",
    };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do it; without it the command only says what it would do." };

    public static Command Create() => new CommandWithExamples(
        "repair",
        "Find blobs that are missing or damaged, results that cannot be read and failures that came of them; with --yes delete what has to be made again, "
        + "and go on with the runs that need it as `runs resume` does. Exit code 3 when something is lost and was not repaired.",
        "sparsepipe repair sms-digits-0123456789ab",
        "sparsepipe repair sms-digits --yes --profile distributed --detach",
        "sparsepipe repair 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --yes")
    {
        What, Yes, RunOptions.Runners, RunOptions.Output, OutputFiles.Force, RunOptions.Plain, RunOptions.Detach,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var text = invocation.Required(What);
        RepairPlan plan;
        IReadOnlyList<string> runs;
        await using (var store = LocalStore.OpenExisting(invocation.Settings))
        {
            (plan, runs) = Repair.IsDigest(text)
                ? await OfBlobAsync(store, text, cancellationToken)
                : await OfRunAsync(store, text, cancellationToken);
            if (invocation.Value(Yes) && !plan.IsEmpty)
                await ApplyAsync(invocation, store, plan, runs, cancellationToken);
        }
        RepairLines.Write(invocation, plan, runs, invocation.Value(Yes));
        if (plan.IsEmpty)
            return ExitCodes.Ok;
        return invocation.Value(Yes) ? await ResumeAsync(invocation, plan, runs, cancellationToken) : ExitCodes.RefusedInput;
    }

    // The runs are reopened at once, even when this is interrupted: what follows may fail, and sweeps then go on with them.
    private static async Task ApplyAsync(
        Invocation invocation, LocalStore store, RepairPlan plan, IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        if (runs.Count > 1 && invocation.Value(RunOptions.Output) is { } folder)
            throw new DomainException(
                FailureCodes.InvalidOption, $"--output {folder} is one folder, but {runs.Count} runs need the repair.", "Leave it out; reports go to the store.");
        try
        {
            await store.Repair.ApplyAsync(plan, cancellationToken);
        }
        finally
        {
            foreach (var runId in runs)
                await store.Runs.ReopenAsync(runId, CancellationToken.None);
        }
    }

    private static async Task<(RepairPlan Plan, IReadOnlyList<string> Runs)> OfRunAsync(LocalStore store, string text, CancellationToken cancellationToken)
    {
        var runId = await KnownRuns.FindAsync(store, text, cancellationToken);
        return (await store.Repair.ExamineRunAsync(runId, cancellationToken), [runId]);
    }

    private static async Task<(RepairPlan Plan, IReadOnlyList<string> Runs)> OfBlobAsync(LocalStore store, string digest, CancellationToken cancellationToken)
    {
        var plan = await store.Repair.ExamineBlobAsync(digest, cancellationToken);
        return (plan, await RunsWithAsync(store, plan, cancellationToken));
    }

    // Those that would make it again, or failed for it; what was cancelled stays cancelled.
    private static async Task<IReadOnlyList<string>> RunsWithAsync(LocalStore store, RepairPlan plan, CancellationToken cancellationToken)
    {
        var keys = plan.Again.Concat(plan.Failures.Select(f => f.Key)).ToHashSet(StringComparer.Ordinal);
        var runs = new List<string>();
        if (keys.Count == 0)
            return runs;
        await foreach (var runId in store.Runs.ListAsync(cancellationToken))
        {
            if (await KnownRuns.TryPlanAsync(store, runId, cancellationToken) is { } run
                && run.Steps.Any(s => s.Key is { } key && keys.Contains(key))
                && !await store.Runs.IsCancelledAsync(runId, cancellationToken))
                runs.Add(runId);
        }
        return runs;
    }

    private static async Task<int> ResumeAsync(Invocation invocation, RepairPlan plan, IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        var worst = plan.FromOutside.Count > 0 ? ExitCodes.RefusedInput : ExitCodes.Ok;
        foreach (var runId in runs)
            worst = Math.Max(worst, await ResumeRunCommand.GoAsync(invocation, runId, cancellationToken));
        return worst;
    }
}

using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>gc</c>: deletes what nothing in the store refers to any more.</summary>
internal static class CollectCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Delete nothing and say what would be deleted; so it is without --yes." };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Delete." };

    private static readonly Option<string?> Grace = new("--grace")
    {
        Description = "Spare what was stored within this time, such as 90m, 24h or 7d (2h at least): work under way refers to it soon. "
            + "Collection:GraceHours when left out, which is 24h unless set.",
        HelpName = "TIME",
    };

    public static Command Create() => new CommandWithExamples(
        "gc",
        "Find blobs that no run, step or model refers to, and delete those older than the grace period. Safe beside running workers.",
        "sparsepipe gc",
        "sparsepipe gc --dry-run --grace 7d --profile distributed --json",
        "sparsepipe gc --yes --profile distributed")
    {
        DryRun, Grace, Yes,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Value(DryRun) && invocation.Value(Yes))
            throw new DomainException(FailureCodes.InvalidOption, "--dry-run and --yes contradict each other.", "Give one of them.");
        var settings = invocation.Value(Grace) is { } grace
            ? invocation.Settings.With($"{CollectionOptions.Section}:{nameof(CollectionOptions.GraceHours)}", GracePeriod.Hours(grace).ToString())
            : invocation.Settings;
        await using var store = LocalStore.OpenExisting(settings);
        var largest = new LargestBlobs();
        var report = await store.Collector.CollectAsync(!invocation.Value(Yes), largest, cancellationToken);
        invocation.Answer(new { report, Largest = largest.InOrder() });
        if (!invocation.Json)
            CollectionTable.Write(invocation.Terminal.CreateConsole(), report, largest);
        return ExitCodes.Ok;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Commands.Runs;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Files;

/// <summary>A checkpoint that a run has made.</summary>
/// <param name="Run">The run and where it stands.</param>
/// <param name="Step">The step that made it.</param>
/// <param name="Cycle">Its cycle, counted from 1; null for the dense network.</param>
/// <param name="Cycles">Cycles of the run.</param>
/// <param name="Others">Other runs that the same name stands for, the best first.</param>
internal sealed partial record RunCheckpoint(RunSummary Run, PlannedStep Step, int? Cycle, int Cycles, IReadOnlyList<RunSummary> Others)
{
    /// <summary>The stored checkpoint.</summary>
    public ArtifactRef Checkpoint => Step.Result!.Outputs[OutputNames.Checkpoint];

    /// <summary>The mask it was trained or averaged under; null for the dense network.</summary>
    public ArtifactRef? Mask => Step.Result!.Outputs.GetValueOrDefault(OutputNames.Mask) ?? Step.Spec switch { SoupSpec soup => soup.Mask, TrainSpec train => train.Mask, _ => null };

    /// <summary>For people: which checkpoint of which run this is.</summary>
    public string Title => $"{Run.RunId}, {Step.Node}{(Cycle is { } cycle ? $", cycle {cycle} of {Cycles}" : "")}{(Run.State == RunStates.Finished ? "" : $"; the run is {Run.State}")}";

    /// <summary>The last soup of a finished run, the soup of a cycle, or the checkpoint of a node.</summary>
    /// <exception cref="DomainException">No such run, cycle or node, or it is not done.</exception>
    public static async Task<RunCheckpoint> FindAsync(
        LocalStore store, Invocation invocation, string text, string? node, int? cycle, CancellationToken cancellationToken)
    {
        var runs = await NamedRuns.RankAsync(store, await NamedRuns.FindAsync(store, text, cancellationToken), cancellationToken);
        if (runs.Select(r => NamedRuns.NameOf(r.RunId)).Distinct(StringComparer.Ordinal).Count() > 1)
            throw Refuse($"RUN '{text}' begins the names of several runs.", $"Give one's name or id: {NamedRuns.Text(runs)}.");
        var plan = await KnownRuns.PlanAsync(store, runs[0].RunId, cancellationToken);
        // As the store stands: what is written down about a run may have outlived some of its results.
        var run = runs[0] with { State = RunStates.Of(plan, runs[0].State == RunStates.Cancelled), Done = plan.Steps.Count(s => s.State == StepState.Done) };
        var cycles = (await KnownRuns.RecipeAsync(store, run.RunId, cancellationToken)).Sparsification.Cycles;
        if (cycle is < 1 || cycle > cycles)
            throw Refuse($"--cycle is {cycle}, and run {run.RunId} has {cycles} cycle(s).", $"Give 1 to {cycles}.");
        if (node is null && cycle is null && run.State != RunStates.Finished)
            throw Unfinished(invocation, run, plan, cycles);
        var chosen = node ?? (cycle is { } c ? NodeNames.Soup(c) : plan.Network ?? NodeNames.Soup(cycles));
        var step = Done(plan).Find(s => s.Node == chosen) ?? throw Missing(chosen, node, plan);
        return new(run, step, CycleOf(chosen), cycles, [.. runs.Skip(1)]);
    }

    /// <summary>What the exported file says about itself.</summary>
    /// <param name="mask">The mask, loaded.</param>
    public IReadOnlyDictionary<string, string> Origin(SparsityMask? mask)
    {
        var origin = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [CheckpointOrigin.Run] = Run.RunId,
            [CheckpointOrigin.Node] = Step.Node,
            [CheckpointOrigin.Cycles] = Cycles.ToString(CultureInfo.InvariantCulture),
            [CheckpointOrigin.Checkpoint] = Checkpoint.Digest,
        };
        if (Cycle is { } cycle)
            origin[CheckpointOrigin.Cycle] = cycle.ToString(CultureInfo.InvariantCulture);
        if (mask is not null)
            origin[CheckpointOrigin.Sparsity] = CheckpointOrigin.Text(Sparsity(mask)!.Value);
        return origin;
    }

    /// <summary>Fraction of prunable weights that the mask prunes.</summary>
    public static double? Sparsity(SparsityMask? mask) => mask is null ? null : 1 - ((double)mask.Kept / mask.Total);

    private static DomainException Unfinished(Invocation invocation, RunSummary run, Plan plan, int cycles)
    {
        var soups = Enumerable.Range(1, cycles).Where(c => Done(plan).Exists(s => s.Node == NodeNames.Soup(c))).ToList();
        var why = plan.Failure is { } failure ? $" ({failure.Reason} {failure.Remedy})" : "";
        var state = run.State == RunStates.Cancelled ? "was stopped" : run.State == RunStates.Failed ? "has failed" : "is not finished";
        return new(
            FailureCodes.MissingArtifact,
            $"Run {run.RunId} {state}{why}: {run.Done} of {run.Total} steps are done, and its last soup is no end result.",
            $"Go on with `{ResumeRunCommand.Text(invocation, run.RunId)}`"
            + (soups.Count == 0 ? "; it has no soup yet." : $", or take what there is: --cycle {string.Join(" or --cycle ", soups)} of {cycles}."));
    }

    private static DomainException Missing(string chosen, string? node, Plan plan)
    {
        var nodes = Done(plan).Select(s => s.Node).ToList();
        return new(
            FailureCodes.MissingArtifact,
            node is null ? $"The run has no {chosen} yet." : $"--node '{node}' has no checkpoint in this run.",
            nodes.Count == 0 ? "Run the recipe first." : node is null ? $"Nodes with checkpoints: {string.Join(", ", nodes)}." : NameSuggestion.For(node, nodes));
    }

    private static List<PlannedStep> Done(Plan plan) => [.. plan.Steps.Where(s => s.Result?.Outputs.ContainsKey(OutputNames.Checkpoint) == true)];

    private static int? CycleOf(string node) =>
        CyclePart().Match(node) is { Success: true } match ? int.Parse(match.Groups["cycle"].Value, CultureInfo.InvariantCulture) : null;

    private static DomainException Refuse(string reason, string remedy) => new(FailureCodes.InvalidOption, reason, remedy);

    [GeneratedRegex("(^|/)cycle-(?<cycle>[0-9]+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CyclePart();
}

using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>Finds what a run, or everybody, has lost, and deletes what has to be made again. Whoever starts the run again then has it made.</summary>
public sealed class Repair(IRunStore runs, RunPlanner planner, DamagedResults damaged, StoredResults stored, IArtifactStore artifacts)
{
    private const int AtOnce = 4;

    /// <summary>Whether this names a blob.</summary>
    public static bool IsDigest(string text) => BlobKeys.IsDigest(text);

    /// <summary>Looks at all that a run has made and was given; hashes every byte.</summary>
    /// <exception cref="DomainException">There is no such run.</exception>
    public async Task<RepairPlan> ExamineRunAsync(string runId, CancellationToken cancellationToken)
    {
        var recipe = await runs.ReadRecipeAsync(runId, cancellationToken);
        var plan = recipe is null ? null : await planner.ReviewAsync(runId, cancellationToken);
        if (plan is null)
            throw new DomainException(FailureCodes.MissingArtifact, $"Run '{runId}' has no recipe in the store.", "Run its recipe again.");
        var lost = await LostAsync([.. Given(recipe!), .. Made(plan)], cancellationToken);
        var keys = plan.Steps.Select(s => s.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var failures = await stored.FailuresAboutAsync(Digests(lost), cancellationToken);
        var own = plan.Failed.Where(s => ResultCache.IsMendable(s.Result!)).Select(s => s.Result!);
        return new RepairPlan(lost, [.. damaged.Seen.Where(keys.Contains)], [.. own.Concat(failures).DistinctBy(f => f.Key)])
        {
            IsUnfinished = !plan.HasEnded && !await runs.IsCancelledAsync(runId, cancellationToken),
        };
    }

    /// <summary>Looks at one blob and at everything in the store that made it, was given it or failed for want of it.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MissingArtifact"/>: nothing that can be read names it.</exception>
    public async Task<RepairPlan> ExamineBlobAsync(string digest, CancellationToken cancellationToken)
    {
        var makers = await stored.MakersOfAsync(digest, cancellationToken);
        if (makers.Count == 0)
            makers = await GivenAsync(digest, cancellationToken);
        if (makers.Count == 0)
            throw new DomainException(
                FailureCodes.MissingArtifact,
                $"No result and no recipe of this store names the artifact {digest}.",
                "Repair the run instead: `sparsepipe repair RUN` also finds results that cannot be read.");
        var lost = await LostAsync(makers, cancellationToken);
        var failures = lost.Count == 0 ? [] : await stored.FailuresAboutAsync(Digests(lost), cancellationToken);
        return new RepairPlan(lost, [], failures);
    }

    /// <summary>Does it: deletes what is still damaged, forgets results and failures, and sets damaged results aside.</summary>
    public async Task ApplyAsync(RepairPlan plan, CancellationToken cancellationToken)
    {
        foreach (var failure in plan.Failures)
            if (await stored.IsFailureAsync(failure.Key, cancellationToken))
                await planner.ForgetAsync(failure.Key, cancellationToken);
        foreach (var key in plan.DamagedResults)
            await damaged.SetAsideAsync(key, cancellationToken);
        foreach (var lost in plan.Lost.GroupBy(l => l.Blob.Digest, StringComparer.Ordinal))
            await ApplyAsync(lost.First().Blob, lost.Select(l => l.StepKey).OfType<string>(), cancellationToken);
    }

    // Looked at again: since the diagnosis, which hashes everything, somebody may have made the step again or given the file again.
    private async Task ApplyAsync(ArtifactRef blob, IEnumerable<string> makers, CancellationToken cancellationToken)
    {
        if (await BlobFaults.OfAsync(artifacts, blob, deep: true, cancellationToken) is not { } fault)
            return;
        // The results first: a step must not seem done while its outputs are being deleted.
        foreach (var key in makers.Distinct(StringComparer.Ordinal))
            if (await stored.NamesAsync(key, blob.Digest, cancellationToken))
                await planner.ForgetAsync(key, cancellationToken);
        if (fault != BlobFaults.Missing)
            await artifacts.DeleteAsync(blob.Digest, cancellationToken);
    }

    // A recipe that cannot be read names nothing; the other runs must not suffer for it.
    private async Task<IReadOnlyList<(string? Step, string Name, ArtifactRef Blob)>> GivenAsync(string digest, CancellationToken cancellationToken)
    {
        var given = new List<(string? Step, string Name, ArtifactRef Blob)>();
        await foreach (var runId in runs.ListAsync(cancellationToken))
        {
            if (await TryReadAsync(runId, cancellationToken) is { } recipe)
                given.AddRange(Given(recipe).Where(g => g.Blob.Digest == digest).Select(g => g with { Name = $"{g.Name} of {runId}" }));
        }
        return given;
    }

    private async Task<Recipe?> TryReadAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.ReadRecipeAsync(runId, cancellationToken);
        }
        catch (DomainException)
        {
            return null;
        }
    }

    private static IEnumerable<(string? Step, string Name, ArtifactRef Blob)> Given(Recipe recipe)
    {
        if (recipe.Model.Script is { } script)
            yield return (null, "model.file", script);
        if (recipe.Pretraining.Checkpoint is { } checkpoint)
            yield return (null, "pretraining.weights", checkpoint);
        foreach (var network in recipe.Soup.Checkpoints ?? [])
            yield return (null, "soup.networks", network);
        if (recipe.Soup.AnchorCheckpoint is { } anchor)
            yield return (null, "soup.anchorNetwork", anchor);
    }

    private static IEnumerable<(string? Step, string Name, ArtifactRef Blob)> Made(Plan plan) =>
        from step in plan.Steps
        where step.Result is { Failure: null }
        from output in step.Result!.Outputs
        select ((string?)step.Key, $"{output.Key} of {step.Node}", output.Value);

    private static HashSet<string> Digests(IEnumerable<LostOutput> lost) => lost.Select(l => l.Blob.Digest).ToHashSet(StringComparer.Ordinal);

    private async Task<IReadOnlyList<LostOutput>> LostAsync(
        IReadOnlyList<(string? Step, string Name, ArtifactRef Blob)> blobs, CancellationToken cancellationToken)
    {
        var faults = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(blobs.DistinctBy(b => b.Blob.Digest), limits, async (blob, token) =>
            faults[blob.Blob.Digest] = await BlobFaults.OfAsync(artifacts, blob.Blob, deep: true, token));
        return [.. from blob in blobs
                   where faults[blob.Blob.Digest] is not null
                   select new LostOutput(blob.Step, blob.Name, blob.Blob, faults[blob.Blob.Digest]!)];
    }
}

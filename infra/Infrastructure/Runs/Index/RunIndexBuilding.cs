using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>Puts the runs of a store that is older than the index into it, once.</summary>
public sealed class RunIndexBuilding(IObjectStore store, IRunStore runs, RunPlanner planner, TimeProvider time)
{
    private const int AtOnce = 32;
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Does nothing when it was done before; a run whose documents are damaged is entered and not planned.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(IndexPaths.Built, cancellationToken) is not null)
            return;
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(runs.ListAsync(cancellationToken), limit, async (runId, token) => await EnterAsync(runId, token));
        await store.TryCreateAsync(IndexPaths.Built, Empty, cancellationToken);
    }

    private async Task EnterAsync(string runId, CancellationToken cancellationToken)
    {
        await runs.IndexAsync(runId, cancellationToken);
        if (await runs.ReadEndAsync(runId, cancellationToken) is null && await EndOfAsync(runId, cancellationToken) is { } end)
            await runs.EndAsync(runId, end, cancellationToken);
    }

    private async Task<RunEnd?> EndOfAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            if (await planner.PlanAsync(runId, cancellationToken) is not { } plan)
                return null;
            var isCancelled = await runs.IsCancelledAsync(runId, cancellationToken);
            return RunStates.Of(plan, isCancelled) == RunStates.Unfinished ? null : RunEnd.Of(plan, time.GetUtcNow());
        }
        catch (DomainException)
        {
            return null;
        }
    }
}

using System.Collections.Concurrent;
using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Suite;

/// <summary>Runs that are submitted one after the other, so that some are always under way, each of another seed.</summary>
internal sealed class Workload(Topology topology, string folder, int atOnce)
{
    private const int MostRepairs = 5;
    private readonly ConcurrentDictionary<string, ChaosRecipe> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _ended = new(StringComparer.Ordinal);
    private int _seeds;

    /// <summary>All runs and what they were submitted with.</summary>
    public IReadOnlyDictionary<string, ChaosRecipe> Runs => _runs;

    public int UnderWay => _runs.Count - _ended.Count;

    /// <summary>Keeps the runs coming until told to stop; those under way then are left to end.</summary>
    public Task FeedAsync(CancellationToken stop, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => FeedOneByOneAsync(stop, cancellationToken)));

    /// <summary>Returns when the runs that lost results have ended as well; one may have been over when it was hit.</summary>
    public async Task WaitForHarmedAsync(CancellationToken cancellationToken)
    {
        foreach (var run in topology.Harmed.Keys)
            await WaitAsync(run, cancellationToken);
    }

    // A step may be about to fail for want of a blob while a repair looks: the same command once more, for runs that lost something only.
    private async Task WaitAsync(string run, CancellationToken cancellationToken)
    {
        for (var repairs = 0; (await topology.Runs.WaitAsync(run, cancellationToken)).Failure is not null && topology.Harmed.ContainsKey(run) && repairs < MostRepairs; repairs++)
            await topology.Runs.RepairAsync(run, cancellationToken);
    }

    private async Task FeedOneByOneAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        while (!stop.IsCancellationRequested)
        {
            var recipe = ChaosRecipe.Write(folder, Interlocked.Increment(ref _seeds));
            var run = await topology.Runs.SubmitAsync(recipe.Recipe, cancellationToken);
            _runs[run] = recipe;
            await WaitAsync(run, cancellationToken);
            _ended[run] = true;
        }
    }
}

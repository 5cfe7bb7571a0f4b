using System.Collections.Concurrent;
using SparsePipeline.Chaos.Processes;

namespace SparsePipeline.Chaos.Suite;

/// <summary>Runs that are submitted one after the other, so that some are always under way, each of another seed.</summary>
internal sealed class Workload(Topology topology, string folder, int atOnce)
{
    private readonly ConcurrentDictionary<string, ChaosRecipe> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _ended = new(StringComparer.Ordinal);
    private int _seeds;

    /// <summary>All runs and what they were submitted with.</summary>
    public IReadOnlyDictionary<string, ChaosRecipe> Runs => _runs;

    public int UnderWay => _runs.Count - _ended.Count;

    /// <summary>Keeps the runs coming until told to stop; those under way then are left to end.</summary>
    public Task FeedAsync(CancellationToken stop, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => FeedOneByOneAsync(stop, cancellationToken)));

    private async Task FeedOneByOneAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        while (!stop.IsCancellationRequested)
        {
            var recipe = ChaosRecipe.Write(folder, Interlocked.Increment(ref _seeds));
            var run = await topology.Runs.SubmitAsync(recipe.Recipe, cancellationToken);
            _runs[run] = recipe;
            await topology.Runs.WaitAsync(run, cancellationToken);
            _ended[run] = true;
        }
    }
}

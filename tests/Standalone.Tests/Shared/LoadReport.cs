using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>Submits many runs, waits for them and says how it went.</summary>
internal sealed class LoadReport(EmbeddedPipeline host, IReadOnlyList<Recipe> recipes)
{
    private readonly List<(double Done, double HeapMebibytes, double ResidentMebibytes)> _memory = [];
    private readonly List<string> _unfinished = [];
    private long _start;
    private TimeSpan _submitting;
    private TimeSpan _ending;

    public IReadOnlyList<string> Unfinished => _unfinished;

    /// <summary>Growth of the live heap from when a quarter of the runs had ended to the end.</summary>
    public double GrowthInMebibytes => _memory[^1].HeapMebibytes - _memory.First(m => m.Done >= 0.25).HeapMebibytes;

    /// <summary>Rank correlation of submission and completion.</summary>
    public double Fairness { get; private set; }

    public async Task SubmitAsync(CancellationToken cancellationToken)
    {
        _start = TimeProvider.System.GetTimestamp();
        foreach (var recipe in recipes)
            await host.Services.GetRequiredService<RunSubmission>().SubmitAsync(recipe, cancellationToken);
        _submitting = TimeProvider.System.GetElapsedTime(_start);
    }

    public async Task UntilAllEndedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        for (var active = recipes.Count; active > 0;)
        {
            await Task.Delay(250, limit.Token);
            active = await host.Runs.ListActiveAsync(limit.Token).CountAsync(limit.Token);
            Measure(1 - (double)active / recipes.Count);
        }
        _ending = TimeProvider.System.GetElapsedTime(_start);
    }

    public async Task WriteAsync(ITestOutputHelper output, CancellationToken cancellationToken)
    {
        var ends = new List<DateTimeOffset>();
        var steps = 0;
        foreach (var recipe in recipes)
        {
            var plan = await host.PlanAsync(recipe, cancellationToken);
            if (!plan.Finished)
                _unfinished.Add(RunId.Of(recipe));
            ends.Add(EndOf(plan));
            steps += plan.Steps.Count;
        }
        Fairness = RankCorrelation(ends);
        output.WriteLine($"{recipes.Count} runs, {steps} steps: submitted in {_submitting.TotalSeconds:0.0} s, "
            + $"ended after {_ending.TotalSeconds:0.0} s ({steps / _ending.TotalSeconds:0.0} steps/s).");
        output.WriteLine($"Fairness: rank correlation of submission and completion {Fairness:0.000}.");
        foreach (var quarter in new[] { 0.25, 0.5, 0.75, 1 })
        {
            var (_, heap, resident) = _memory.First(m => m.Done >= quarter);
            output.WriteLine($"Memory with {quarter:P0} of the runs ended: {heap:0} MiB live heap, {resident:0} MiB resident.");
        }
    }

    private static DateTimeOffset EndOf(Plan plan) => plan.Steps.Max(s => s.Result?.CompletedAt ?? DateTimeOffset.MaxValue);

    // Spearman: places are unique, so the short formula holds.
    private static double RankCorrelation(IReadOnlyList<DateTimeOffset> ends)
    {
        var order = Enumerable.Range(0, ends.Count).OrderBy(i => ends[i]).ToList();
        double squares = order.Select((run, place) => Math.Pow(run - place, 2)).Sum(), n = ends.Count;
        return 1 - 6 * squares / (n * (n * n - 1));
    }

    private void Measure(double done)
    {
        if (_memory.Count > 0 && done < 1 && done - _memory[^1].Done < 0.05)
            return;
        const double Mebibyte = 1024 * 1024;
        _memory.Add((done, GC.GetTotalMemory(forceFullCollection: true) / Mebibyte, Environment.WorkingSet / Mebibyte));
    }
}

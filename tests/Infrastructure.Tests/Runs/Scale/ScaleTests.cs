using System.Globalization;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using SparsePipeline.Infrastructure.Tests.Artifacts.S3;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Runs.Scale;

/// <summary>
/// What sweeps and lists cost with thousands of active runs, in requests and seconds: <c>make scale</c> prints it, and docs/operations.md has the table.
/// </summary>
[Trait("Category", "Scale")]
public sealed class ScaleTests(ObjectStoreServer server, ITestOutputHelper output)
{
    private static readonly int[] Sizes =
        [.. (Environment.GetEnvironmentVariable("SPARSEPIPELINE_SCALE_RUNS") ?? "1000 10000").Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    [Fact(Explicit = true)]
    public async Task Folder()
    {
        using var files = new TemporaryStore();
        await MeasureAsync("folder", files.Objects, files.Artifacts);
    }

    [Fact(Explicit = true)]
    [Patience(3600)]
    public async Task Bucket()
    {
        await using var bucket = await server.CreateBucketAsync(TestContext.Current.CancellationToken);
        using var store = new S3Store(bucket);
        await MeasureAsync("radosgw", store.Objects, store.Artifacts);
    }

    private async Task MeasureAsync(string name, IObjectStore objects, IArtifactStore artifacts)
    {
        output.WriteLine("| store | active runs | first sweep | quiet sweep | with 20 new runs | with 20 steps taken | list, 100 of all | list --state failed |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        var (runs, there) = (new ManyRuns(objects, artifacts), 0);
        foreach (var size in Sizes)
        {
            await runs.SubmitAsync(there, size - there);
            there = size;
            var first = await TimeAsync(runs, runs.SweepAsync);
            await runs.SettleAsync(size);
            var quiet = await TimeAsync(runs, runs.SweepAsync);
            await runs.SubmitAsync(there, 20);
            there += 20;
            var appeared = await TimeAsync(runs, runs.SweepAsync);
            for (var i = 0; i < 20; i++)
                await runs.ChangeAsync(i);
            await runs.SettleAsync(size);
            var taken = await TimeAsync(runs, runs.SweepAsync);
            var list = await TimeAsync(runs, () => PageAsync(runs, state: null));
            var failed = await TimeAsync(runs, () => PageAsync(runs, RunStates.Failed));
            output.WriteLine($"| {name} | {size} | {first} | {quiet} | {appeared} | {taken} | {list} | {failed} |");
        }
    }

    private static async Task<long> PageAsync(ManyRuns runs, string? state)
    {
        runs.Store.Take();
        await runs.Index.PageAsync(new() { State = state }, TestContext.Current.CancellationToken);
        return runs.Store.Take();
    }

    private static async Task<string> TimeAsync(ManyRuns runs, Func<Task<long>> work)
    {
        runs.Store.Take();
        var start = TimeProvider.System.GetTimestamp();
        var requests = await work();
        return string.Create(CultureInfo.InvariantCulture, $"{requests} requests, {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.00} s");
    }
}

namespace SparsePipeline.EndToEnd;

/// <summary>The last lines of a run: <c>node cached|seconds digest</c>.</summary>
internal sealed record Summary(IReadOnlyDictionary<string, string> Digests, IReadOnlyList<string> Computed)
{
    public static async Task<Summary> OfAsync(string recipe, string store, double checkpointSeconds = 10)
    {
        using var run = RunProcess.Start(recipe, store, checkpointSeconds);
        (await run.EndAsync()).ShouldBe(0);
        return Of(run.Lines);
    }

    private static Summary Of(IEnumerable<string> lines)
    {
        var steps = lines.Select(l => l.Split(' ')).Where(w => w is [_, _, { Length: 64 }] && w[0] != "started").ToList();
        return new(steps.ToDictionary(w => w[0], w => w[2]), [.. steps.Where(w => w[1] != "cached").Select(w => w[0])]);
    }
}

using System.Text.Json;
using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class CachingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_second_run_computes_nothing_and_two_more_candidates_only_what_the_plan_said()
    {
        var store = _folder.File("store");
        var first = await Summary.OfAsync(Recipes.Write(_folder, candidates: 5, cycles: 1), store);
        var second = await Summary.OfAsync(Recipes.Write(_folder, candidates: 5, cycles: 1), store);
        var more = Recipes.Write(_folder, candidates: 7, cycles: 1);
        var planned = await PlannedAsync(more, store);
        var wider = await Summary.OfAsync(more, store);

        first.Computed.Count.ShouldBe(first.Digests.Count);
        second.Computed.ShouldBeEmpty();
        second.Digests.ShouldBe(first.Digests);
        wider.Computed.ShouldBe(
            [
                "cycle-1/candidate-5", "cycle-1/candidate-5/evaluation", "cycle-1/candidate-6", "cycle-1/candidate-6/evaluation",
                "cycle-1/soup", "cycle-1/soup/evaluation",
            ],
            ignoreOrder: true);
        planned.ShouldBe(wider.Computed, ignoreOrder: true);
    }

    [Fact]
    public async Task Two_stores_end_in_the_same_digests()
    {
        var recipe = Recipes.Write(_folder, cycles: 1);

        (await Summary.OfAsync(recipe, _folder.File("one"))).Digests.ShouldBe((await Summary.OfAsync(recipe, _folder.File("other"))).Digests);
    }

    private static async Task<List<string>> PlannedAsync(string recipe, string store)
    {
        using var plan = RunProcess.Sparsepipe("plan", recipe, "--store", store, "--json");
        (await plan.EndAsync()).ShouldBe(0);
        return [.. JsonDocument.Parse(string.Join('\n', plan.Lines)).RootElement.GetProperty("steps").EnumerateArray()
            .Where(s => s.GetProperty("state").GetString() is "will-run" or "inputs-change").Select(s => s.GetProperty("node").GetString()!)];
    }
}

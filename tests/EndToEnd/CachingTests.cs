using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class CachingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_second_run_computes_nothing_and_a_fourth_candidate_only_what_depends_on_it()
    {
        var store = _folder.File("store");
        var first = await Summary.OfAsync(Recipes.Write(_folder, candidates: 3, cycles: 1), store);
        var second = await Summary.OfAsync(Recipes.Write(_folder, candidates: 3, cycles: 1), store);
        var wider = await Summary.OfAsync(Recipes.Write(_folder, candidates: 4, cycles: 1), store);

        first.Computed.Count.ShouldBe(first.Digests.Count);
        second.Computed.ShouldBeEmpty();
        second.Digests.ShouldBe(first.Digests);
        wider.Computed.ShouldBe(
            ["cycle-1/candidate-3", "cycle-1/candidate-3/evaluation", "cycle-1/soup", "cycle-1/soup/evaluation"], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_stores_end_in_the_same_digests()
    {
        var recipe = Recipes.Write(_folder, cycles: 1);

        (await Summary.OfAsync(recipe, _folder.File("one"))).Digests.ShouldBe((await Summary.OfAsync(recipe, _folder.File("other"))).Digests);
    }
}

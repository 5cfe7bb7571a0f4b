using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class AllocationTests : IDisposable
{
    private readonly Files _files = new();

    public static TheoryData<string> Names => new(Allocations.Registry.All.Select(a => a.Info.Name));

    public static TheoryData<string, string> Nonsense => new(
        from pruner in Pruners.Registry.All
        from allocation in Allocations.Registry.All
        where allocation.ProblemWith(pruner) is not null
        select (pruner.Info.Name, allocation.Info.Name));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Global_puts_all_tensors_under_one_threshold()
    {
        var group = Allocations.Find(GlobalAllocation.Name).Allocate(ListedScores.Shaped([4], [6]), 5).ShouldHaveSingleItem();

        group.Tensors.ShouldBe([0, 1]);
        group.Kept.ShouldBe(5);
    }

    [Fact]
    public void Uniform_keeps_the_same_fraction_of_every_tensor() =>
        Kept(UniformAllocation.Name, ListedScores.Shaped([4], [6], [10]), 10).ShouldBe([2, 3, 5]);

    [Fact]
    public void Uniform_takes_from_the_others_what_an_earlier_cut_has_taken_from_one() =>
        Kept(UniformAllocation.Name, new ListedScores([1, -1, -1, -1, -1, -1, -1, -1, -1, -1], new float[10]), 8).ShouldBe([1, 7]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_allocation_puts_each_tensor_in_one_group_and_keeps_the_exact_number(string name) =>
        Gen.Select(Gen.OneOf(Gen.OneOf(-1f, 0, 1), Gen.Float[0, 2]).Array[1, 60].Array[1, 6], Gen.Double[0, 1]).Sample((layers, part) =>
        {
            var scores = new ListedScores(layers);
            var kept = (long)(scores.Tensors.Sum(t => t.Remaining) * part);
            var groups = Allocations.Find(name).Allocate(scores, kept);
            groups.Sum(g => g.Kept).ShouldBe(kept);
            groups.SelectMany(g => g.Tensors).Order().ShouldBe(Enumerable.Range(0, layers.Length));
            groups.ShouldAllBe(g => g.Kept >= 0 && g.Kept <= g.Tensors.Sum(t => scores.Tensors[t].Remaining));
        });

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void A_spread_that_makes_no_sense_with_a_pruner_is_refused_before_the_cut(string pruner, string allocation)
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, 3, 4]));
        var request = new PruneRequest { Method = MethodSpec.Of(pruner), Sparsity = 0.5, Allocation = allocation };

        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, request)).Failure;

        failure.Code.ShouldBe(FailureCodes.InvalidOption);
        failure.Reason.ShouldContain($"the pruner '{pruner}'");
        failure.Remedy.ShouldNotBeEmpty();
    }

    private static IEnumerable<long> Kept(string allocation, IScoreSource scores, long kept) =>
        Allocations.Find(allocation).Allocate(scores, kept).Select(g => g.Kept);
}

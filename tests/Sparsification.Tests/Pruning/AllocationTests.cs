using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class AllocationTests
{
    public static TheoryData<string> Names => new(Allocations.Registry.All.Select(a => a.Info.Name));

    [Fact]
    public void Global_puts_all_tensors_under_one_threshold()
    {
        var group = Allocations.Find(AllocationNames.Global).Allocate([Layer("a", 4), Layer("b", 6)], 5).ShouldHaveSingleItem();

        group.Tensors.ShouldBe([0, 1]);
        group.Kept.ShouldBe(5);
    }

    [Fact]
    public void Uniform_keeps_the_same_fraction_of_every_tensor() =>
        Allocations.Find(AllocationNames.Uniform).Allocate([Layer("a", 4), Layer("b", 6), Layer("c", 10)], 10)
            .Select(g => g.Kept).ShouldBe([2, 3, 5]);

    [Fact]
    public void Uniform_takes_from_the_others_what_an_earlier_cut_has_taken_from_one() =>
        Allocations.Find(AllocationNames.Uniform).Allocate([Layer("a", 10, remaining: 1), Layer("b", 10)], 8)
            .Select(g => g.Kept).ShouldBe([1, 7]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_allocation_puts_each_tensor_in_one_group_and_keeps_the_exact_number(string name) =>
        Gen.Select(Gen.Select(Gen.Int[1, 60], Gen.Double[0, 1]).Array[1, 6], Gen.Double[0, 1]).Sample((layers, part) =>
        {
            PrunableTensor[] tensors = [.. layers.Select((l, i) => Layer($"{i}", l.Item1, (int)(l.Item1 * l.Item2)))];
            var kept = (long)(tensors.Sum(t => t.Remaining) * part);
            var groups = Allocations.Find(name).Allocate(tensors, kept);
            groups.Sum(g => g.Kept).ShouldBe(kept);
            groups.SelectMany(g => g.Tensors).Order().ShouldBe(Enumerable.Range(0, tensors.Length));
            groups.ShouldAllBe(g => g.Kept <= g.Tensors.Sum(t => tensors[t].Remaining));
        });

    private static PrunableTensor Layer(string name, int total, int? remaining = null) => new(name, [1, total], total, remaining ?? total);
}

using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests.Statistics;

public sealed class StatisticsFileTests : IDisposable
{
    private static readonly LayerStatistics[] Layers =
    [
        new("a.weight", 3, [1, 2], [5, 6], [5, 7, 7, 6]),
        new("b.weight", long.MaxValue, [0.1], [1e300], null),
    ];

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_to_the_bit()
    {
        StatisticsFile.Write(_folder.File("s"), Layers);

        using var file = StatisticsFile.Open(_folder.File("s"));

        var first = file.Find("a.weight", products: true)!;
        (first.Count, first.Inputs).ShouldBe((3, 2));
        first.Sums.ShouldBe([1, 2]);
        first.Squares.ShouldBe([5, 6]);
        first.Products.ShouldBe([5, 7, 7, 6]);
        file.Find("b.weight", products: true)!.Squares.ShouldBe([1e300]);
        file.Find("b.weight", products: true)!.Products.ShouldBeNull();
        (file.HasProducts("a.weight"), file.HasProducts("b.weight"), file.Has("c.weight")).ShouldBe((true, false, false));
        file.Find("c.weight", products: false).ShouldBeNull();
    }

    [Fact]
    public void The_root_of_the_mean_square_of_an_input_that_was_always_0_is_0()
    {
        var layer = new LayerStatistics("a", 4, [0, 8], [0, 36], null);

        (layer.Root(0), layer.Root(1)).ShouldBe((0, 3));
    }

    [Fact]
    public void A_checkpoint_is_no_file_of_statistics()
    {
        new StateDictBuilder().Floats("a.weight", [1], 1).Save(_folder.File("net.safetensors"));

        Should.Throw<DomainException>(() => StatisticsFile.Open(_folder.File("net.safetensors"))).Failure.Code.ShouldBe(FailureCodes.WrongKind);
    }
}

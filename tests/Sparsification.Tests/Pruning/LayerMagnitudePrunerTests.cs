using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class LayerMagnitudePrunerTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_layer_loses_its_own_smallest_magnitudes()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [10, -20, 30, 40]), ("b.weight", [1, 2], [-0.1f, 0.2f]));

        var cut = PruneCase.Run(_files, checkpoint, LayerMagnitudePruner.Name, 0.5);

        Files.Bits(cut.Mask, "a.weight").ShouldBe("0011");
        Files.Bits(cut.Mask, "b.weight").ShouldBe("01");
    }

    [Fact]
    public void Another_allocation_makes_it_the_global_pruner()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [10, -20, 30, 40]), ("b.weight", [1, 2], [-0.1f, 0.2f]));
        var request = new PruneRequest { Method = MethodSpec.Of(LayerMagnitudePruner.Name), Sparsity = 0.5, Allocation = GlobalAllocation.Name };

        Files.Bits(PruneCase.Run(_files, checkpoint, request).Mask, "b.weight").ShouldBe("00");
    }
}

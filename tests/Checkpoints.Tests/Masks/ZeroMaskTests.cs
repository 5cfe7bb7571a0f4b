using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class ZeroMaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Zeros_are_counted_as_their_mask_has_them()
    {
        using var state = StateDict.Open(new StateDictBuilder().Floats("a.weight", [2, 3], 1, 0, -0f, 2, 3, 4).Floats("b.weight", TensorType.BF16, [1, 2], [0, 1])
            .Floats("a.bias", [4], 0, 0, 0, 0).Save(_folder.File("a.safetensors")));

        ZeroMask.Sparsity(state, TensorSelection.Default).ShouldBe(0.375);
        ZeroMask.Of(state, TensorSelection.Default).Sparsity.ShouldBe(0.375);
        ZeroMask.Sparsity(state, new TensorSelection { Exclude = ["*"] }).ShouldBe(0);
    }

    [Fact]
    public void Counting_them_takes_no_memory_for_a_mask()
    {
        // A mask of these would take 1 MiB.
        using var state = StateDict.Open(new StateDictBuilder().Floats("a.weight", [2048, 4096], new float[1 << 23]).Save(_folder.File("a.safetensors")));
        ZeroMask.Sparsity(state, TensorSelection.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ZeroMask.Sparsity(state, TensorSelection.Default).ShouldBe(1);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 18);
    }
}

using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class StateDictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Written_floats_come_back_in_place_and_in_name_order()
    {
        var path = new StateDictBuilder().Floats("b.weight", [2, 3], 1, 2, 3, 4, 5, 6).Floats("a.bias", [2], 7, 8).Metadata("k", "v").Save(_folder.File("m.safetensors"));

        using var state = StateDict.Open(path);

        state.Tensors.ShouldBe([TensorInfo.Of("a.bias", TensorType.F32, 2), TensorInfo.Of("b.weight", TensorType.F32, 2, 3)]);
        state.Floats("b.weight", 1, 3).ToArray().ShouldBe([2, 3, 4]);
        state.Metadata["k"].ShouldBe("v");
    }

    [Fact]
    public void A_mask_comes_back_from_its_file()
    {
        var mask = Masks.Of(("fc.weight", [2, 3], "101 011"), ("conv.weight", [1, 70], new string('1', 69) + "0"));
        mask.Save(_folder.File("m.mask"));

        var loaded = SparsityMask.Load(_folder.File("m.mask"));

        loaded.Digest.ShouldBe(mask.Digest);
        loaded.Kept.ShouldBe(73);
        loaded.Find("fc.weight")!.IsKept(1).ShouldBeFalse();
    }
}

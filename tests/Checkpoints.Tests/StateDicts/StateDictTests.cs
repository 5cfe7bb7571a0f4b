using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class StateDictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Written_floats_come_back_in_place_and_in_name_order()
    {
        using var state = Open(b => b.Floats("b.weight", [2, 3], 1, 2, 3, 4, 5, 6).Floats("a.bias", [2], 7, 8).Metadata("k", "v"));

        state.Tensors.ShouldBe([TensorInfo.Of("a.bias", TensorType.F32, 2), TensorInfo.Of("b.weight", TensorType.F32, 2, 3)]);
        state.Floats("b.weight", 1, 3).ToArray().ShouldBe([2, 3, 4]);
        state.Metadata["k"].ShouldBe("v");
    }

    [Theory]
    [InlineData(TensorType.F32)]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    [InlineData(TensorType.F64)]
    public void Floats_of_every_type_are_read_converted(TensorType type)
    {
        using var state = Open(b => b.Floats("a", type, [5], 1, -0.5f, 0, 65_280, -3));
        var middle = new float[3];

        state.ReadFloats("a", 1, middle);

        middle.ShouldBe([-0.5f, 0, 65_280]);
    }

    [Fact]
    public void Access_outside_a_tensor_or_of_another_type_is_refused()
    {
        using var state = Open(b => b.Floats("a", [4], 1, 2, 3, 4).Raw("i", TensorType.I64, [1], 1, 2, 3, 4, 5, 6, 7, 8));

        Should.Throw<ArgumentOutOfRangeException>(() => state.Floats("a", 2, 3).ToArray());
        Should.Throw<ArgumentOutOfRangeException>(() => state.Floats("a", -1, 2).ToArray());
        Should.Throw<ArgumentOutOfRangeException>(() => state.Bytes("a", long.MaxValue, 2).ToArray());
        Should.Throw<ArgumentException>(() => state.Floats("i", 0, 1).ToArray());
        Should.Throw<ArgumentException>(() => state.ReadFloats("i", 0, new float[1]));
        Should.Throw<ArgumentException>(() => state.Bytes("none", 0, 1).ToArray()).Message.ShouldContain("There is no tensor 'none'");
    }

    [Fact]
    public void A_closed_state_dict_refuses_access_and_may_be_closed_again()
    {
        var state = Open(b => b.Floats("a", [4], 1, 2, 3, 4));
        state.Dispose();
        state.Dispose();

        Should.Throw<ObjectDisposedException>(() => state.Bytes("a", 0, 1).ToArray());
        Should.Throw<ObjectDisposedException>(() => state.Release("a", 0, 1));
    }

    [Fact]
    public void Released_ranges_are_read_again_and_written_ones_keep_their_values()
    {
        using (var writer = StateDictWriter.Create(_folder.File("m"), [TensorInfo.Of("a", TensorType.F32, 100_000)]))
        {
            writer.Floats("a", 0, 100_000).Fill(3);
            writer.Release("a", 10, 90_000);
            writer.Complete();
        }

        using var state = StateDict.Open(_folder.File("m"));
        state.Floats("a", 0, 100_000).IndexOfAnyExcept(3f).ShouldBe(-1);
        state.Release("a", 10, 90_000);
        state.Floats("a", 0, 100_000).IndexOfAnyExcept(3f).ShouldBe(-1);
    }

    [Fact]
    public void The_structure_digest_depends_on_names_types_and_shapes_and_on_nothing_else()
    {
        var tensors = new[] { TensorInfo.Of("a", TensorType.F32, 2), TensorInfo.Of("b", TensorType.F32, 3, 4) };

        StructureDigest.Of(tensors.Reverse()).ShouldBe(StructureDigest.Of(tensors));
        string[] others =
        [
            StructureDigest.Of([TensorInfo.Of("a", TensorType.F16, 2), tensors[1]]),
            StructureDigest.Of([TensorInfo.Of("a", TensorType.F32, 1), tensors[1]]),
            StructureDigest.Of([tensors[0], TensorInfo.Of("b", TensorType.F32, 4, 3)]),
            StructureDigest.Of([tensors[0], TensorInfo.Of("b", TensorType.F32, 12)]),
            StructureDigest.Of([tensors[0]]),
            StructureDigest.Of(tensors),
        ];
        others.Distinct().Count().ShouldBe(others.Length);
    }

    private StateDict Open(Func<StateDictBuilder, StateDictBuilder> build) =>
        StateDict.Open(build(new StateDictBuilder()).Save(_folder.File("m.safetensors")));
}

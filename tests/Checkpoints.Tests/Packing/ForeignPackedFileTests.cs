using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Packed files that others wrote, or nobody should have.</summary>
public sealed class ForeignPackedFileTests : IDisposable
{
    private readonly PackingFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0b111, 2, "[1, 3]", "but its bitmask says otherwise")]
    [InlineData(0b1011, 3, "[1, 3]", "but its bitmask says otherwise")]
    [InlineData(0b011, 2, "[1, 9]", "does not fit its")]
    [InlineData(0b011, 4, "[1, 3]", "cannot hold")]
    public void Parts_that_contradict_each_other_are_corrupt(byte bits, int values, string shape, string complaint)
    {
        var dimensions = shape.Trim('[', ']').Split(", ").Select(long.Parse).ToArray();
        new StateDictBuilder().Floats("fc.compressed", [values], new float[values]).Raw("fc.bitmask", TensorType.U8, [1, 1], bits)
            .Raw("fc.shape", TensorType.I64, [2], MemoryMarshal.AsBytes<long>(dimensions).ToArray()).Save(_files.Packed);

        var error = Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(_files.Packed, _files.Back));

        error.Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        error.Failure.Reason.ShouldContain(complaint);
    }

    [Fact]
    public void A_dense_tensor_that_only_has_the_name_of_a_part_is_kept()
    {
        new StateDictBuilder().Floats("fc.compressed", [1], 5).Raw("fc.bitmask", TensorType.U8, [1, 1], 0b10)
            .Raw("fc.shape", TensorType.I64, [2], Longs(1, 2)).Floats("grid.shape", [1], 3).Save(_files.Packed);

        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        using var back = StateDict.Open(_files.Back);
        back.Tensors.Select(t => t.Name).ShouldBe(["fc.weight", "grid.shape"]);
    }

    [Fact]
    public void A_bitmask_along_the_last_dimension_alone_is_read()
    {
        new StateDictBuilder().Floats("conv.compressed", [3], 5, 6, 7).Raw("conv.bitmask", TensorType.U8, [2, 1, 2, 1], 0b10, 0, 0b11, 0)
            .Raw("conv.shape", TensorType.I64, [4], Longs(2, 1, 2, 2)).Save(_files.Packed);

        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        using var back = StateDict.Open(_files.Back);
        back.Floats("conv.weight", 0, 8).ToArray().ShouldBe([0, 5, 0, 0, 6, 7, 0, 0]);
    }

    [Fact]
    public void A_file_of_compressed_tensors_with_row_offsets_is_read()
    {
        new StateDictBuilder().Floats("fc.compressed", [2], 5, 6).Raw("fc.bitmask", TensorType.U8, [2, 1], 0b10, 0b01)
            .Raw("fc.shape", TensorType.I64, [2], Longs(2, 3)).Raw("fc.row_offsets", TensorType.I64, [2], Longs(0, 1)).Save(_files.Packed);

        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        using var back = StateDict.Open(_files.Back);
        back.Floats("fc.weight", 0, 6).ToArray().ShouldBe([0, 5, 0, 6, 0, 0]);
    }

    [Theory]
    [InlineData("f11-2d")]
    [InlineData("f11-old")]
    public void Files_of_compressed_tensors_are_read_as_it_writes_them_today_and_wrote_them_first(string name)
    {
        PackedCheckpoint.Unpack(Cases.Path(name), _files.Back);

        using var back = StateDict.Open(_files.Back);
        back.Tensors.ShouldHaveSingleItem().ToString().ShouldBe("l.weight F32 [6, 10]");
        var rows = Enumerable.Range(0, 6).Select(r => back.Floats("l.weight", r * 10, 10).ToArray()).ToList();
        rows.Select(r => string.Concat(r.Select(w => w != 0 ? 1 : 0)))
            .ShouldBe(["1000000101", "0100000100", "0011011101", "0101011000", "0101000011", "0001101100"]);
        (rows[0][0], rows[0][7], rows[1][1], rows[5][7]).ShouldBe((0.6440649f, -0.3964491f, -1.0548921f, -2.1000998f));
        CheckpointInspector.Inspect(Cases.Path(name)).Kind.ShouldBe("sparse-bitmask");
        CheckpointInspector.Verify(Cases.Path(name)).Passed.ShouldBeTrue();
    }

    [Fact]
    public void A_2_of_4_layer_of_compressed_tensors_is_read()
    {
        new StateDictBuilder().Floats("fc.compressed", [2, 2], 5, 6, 7, 8).Raw("fc.bitmask", TensorType.U8, [2, 1], 0b1010, 0b0011)
            .Raw("fc.shape", TensorType.I64, [2, 1], Longs(2, 4)).Save(_files.Packed);

        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        using var back = StateDict.Open(_files.Back);
        back.Floats("fc.weight", 0, 8).ToArray().ShouldBe([0, 5, 0, 6, 7, 8, 0, 0]);
    }

    [Fact]
    public void A_packed_tensor_of_8_bit_floats_is_read_and_one_of_4_bits_is_refused()
    {
        void Save(TensorType type, params byte[] values) => new StateDictBuilder().Raw("fc.compressed", type, [2], values)
            .Raw("fc.bitmask", TensorType.U8, [1, 1], 0b101).Raw("fc.shape", TensorType.I64, [2], Longs(1, 3)).Save(_files.Packed);
        Save(TensorType.F8E4M3, 0x38, 0xB8);

        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        using (var back = StateDict.Open(_files.Back))
            back.Bytes("fc.weight", 0, 3).ToArray().ShouldBe([0x38, 0, 0xB8]);
        Save(TensorType.F4, 0x12);
        Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(_files.Packed, _files.Back)).Failure.Reason.ShouldContain("cannot hold fc.compressed F4 [2]");
    }

    [Fact]
    public void What_is_packed_under_a_module_called_weight_comes_back_under_it()
    {
        _files.Save(b => b.Floats("block.weight.weight", [1, 2], 1, 0).Floats("weight", [1, 2], 0, 3));
        _files.Pack();

        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        File.ReadAllBytes(_files.Back).ShouldBe(File.ReadAllBytes(_files.Dense));
    }

    [Fact]
    public void A_tensor_that_is_called_like_a_part_does_not_keep_the_rest_from_being_packed()
    {
        _files.Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 0, 2).Floats("fc.shape", [1], 3).Floats("grid.weight", [1, 4], 0, 0, 0, 4).Floats("x.bitmask", [1], 5));
        _files.Pack();

        using (var packed = StateDict.Open(_files.Packed))
            (packed.Find("grid.compressed"), packed.Find("fc.compressed")).ShouldBe((TensorInfo.Of("grid.compressed", TensorType.F32, 1), null));
        PackedCheckpoint.Unpack(_files.Packed, _files.Back);
        File.ReadAllBytes(_files.Back).ShouldBe(File.ReadAllBytes(_files.Dense));
    }

    private static byte[] Longs(params long[] numbers) => MemoryMarshal.AsBytes<long>(numbers).ToArray();
}

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

    private static byte[] Longs(params long[] numbers) => MemoryMarshal.AsBytes<long>(numbers).ToArray();
}

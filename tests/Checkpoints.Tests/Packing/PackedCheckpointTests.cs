using System.Runtime.InteropServices;
using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class PackedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    private string Dense => _folder.File("dense.safetensors");

    private string Packed => _folder.File("packed.safetensors");

    private string Back => _folder.File("back.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_linear_weight_is_laid_out_as_compressed_tensors_does()
    {
        // Nine columns: each row of the bitmask is two bytes, the second with one bit.
        Save(b => b.Floats("fc.weight", [2, 9], 1, 0, 0, 0, 0, 0, 0, 2, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0).Floats("fc.bias", [2], 5, 6));

        Pack();

        using var packed = StateDict.Open(Packed);
        packed.Tensors.Select(t => t.ToString())
            .ShouldBe(["fc.bias F32 [2]", "fc.bitmask U8 [2, 2]", "fc.compressed F32 [4]", "fc.row_offsets I64 [0]", "fc.shape I64 [2]"]);
        packed.Bytes("fc.bitmask", 0, 4).ToArray().ShouldBe([0b1000_0001, 0b1, 0b10, 0]);
        packed.Floats("fc.compressed", 0, 4).ToArray().ShouldBe([1, 2, 3, 4]);
        MemoryMarshal.Cast<byte, long>(packed.Bytes("fc.shape", 0, 16)).ToArray().ShouldBe([2, 9]);
    }

    [Fact]
    public void A_convolution_is_packed_by_its_first_dimension()
    {
        Save(b => b.Floats("conv.weight", [2, 1, 2, 2], 1, 0, 0, 2, 0, 3, 0, 0));

        Pack();

        using var packed = StateDict.Open(Packed);
        packed.Find("conv.bitmask")!.Shape.ShouldBe([2, 1]);
        packed.Bytes("conv.bitmask", 0, 2).ToArray().ShouldBe([0b1001, 0b0010]);
    }

    [Fact]
    public void Packing_and_unpacking_gives_the_same_file()
    {
        var types = Gen.Enum<TensorType>().Where(t => t.IsFloat());
        var bytes = from type in types
                    from rows in Gen.Int[0, 5]
                    from columns in Gen.Int[0, 150]
                    from kept in Gen.Bool.Array[rows * columns]
                    from raw in Gen.Byte[1, 255].Array[rows * columns * type.ByteSize()]
                    select (type, rows, columns, kept, raw);
        bytes.Sample(
            sample =>
            {
                for (var i = 0; i < sample.raw.Length; i++)
                    sample.raw[i] = sample.kept[i / sample.type.ByteSize()] ? sample.raw[i] : (byte)0;
                long[] shape = [sample.rows, sample.columns];
                Save(b => b.Raw("a.weight", sample.type, shape, sample.raw).Raw("weight", sample.type, shape, sample.raw)
                    .Floats("a.bias", [1], 3).Metadata("format", "pt"));
                Pack();
                PackedCheckpoint.Unpack(Packed, Back);
                return File.ReadAllBytes(Back).AsSpan().SequenceEqual(File.ReadAllBytes(Dense));
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void Tensors_of_many_pieces_come_back()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 3 * 99_991 * 2).Select(_ => random.Next(20) == 0 ? random.NextSingle() : 0).ToArray();
        Save(b => b.Floats("fc.weight", [6, 99_991], values));

        Pack();
        PackedCheckpoint.Unpack(Packed, Back);

        ContentDigest.OfFile(Back).ShouldBe(ContentDigest.OfFile(Dense));
    }

    [Fact]
    public void A_packed_file_takes_one_bit_per_weight_and_the_values()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 1000 * 1000).Select(_ => random.Next(50) == 0 ? 1f : 0f).ToArray();
        Save(b => b.Floats("fc.weight", [1000, 1000], values));

        Pack();

        const int header = 512;
        new FileInfo(Packed).Length.ShouldBeLessThanOrEqualTo(1000 * 1000 / 8 + values.Count(v => v != 0) * 4 + header);
    }

    [Fact]
    public void Zeros_that_a_mask_keeps_are_stored_so_that_the_mask_is_too()
    {
        Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 0, 0));
        var mask = Masks.Of(("fc.weight", [1, 4], "1100"));

        PackFile(mask);

        using var packed = StateDict.Open(Packed);
        packed.Bytes("fc.bitmask", 0, 1).ToArray().ShouldBe([(byte)0b11]);
        packed.Floats("fc.compressed", 0, 2).ToArray().ShouldBe([1, 0]);
    }

    [Fact]
    public void A_mask_stored_elsewhere_is_not_stored_again_and_is_needed_to_unpack()
    {
        Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 2, 0));
        var mask = Masks.Of(("fc.weight", [1, 4], "1010"));

        PackFile(mask, maskElsewhere: true);
        PackedCheckpoint.Unpack(Packed, Back, mask);

        using (var packed = StateDict.Open(Packed))
            packed.Find("fc.bitmask").ShouldBeNull();
        ContentDigest.OfFile(Back).ShouldBe(ContentDigest.OfFile(Dense));
        Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(Packed, Back)).Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(Packed, Back, Masks.Of(("fc.weight", [1, 4], "0110"))))
            .Message.ShouldContain("was packed under mask");
    }

    [Theory]
    [InlineData(-0f)]
    [InlineData(float.NaN)]
    [InlineData(3f)]
    public void What_a_mask_would_lose_is_refused(float pruned)
    {
        Save(b => b.Floats("fc.weight", [1, 4], 1, pruned, 2, 0));

        var error = Should.Throw<DomainException>(() => PackFile(Masks.Of(("fc.weight", [1, 4], "1010"))));

        error.Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        error.Failure.Reason.ShouldContain($"'fc.weight' holds {pruned} at flat index 1");
        File.Exists(Packed).ShouldBeFalse();
    }

    [Fact]
    public void Packing_twice_is_refused()
    {
        Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 2, 0));
        Pack();

        using var packed = StateDict.Open(Packed);
        Should.Throw<DomainException>(() => PackedCheckpoint.Pack(packed, Back)).Failure.Code.ShouldBe(FailureCodes.InvalidOption);
    }

    [Theory]
    [InlineData(0b111, 2, "[1, 3]", "but its bitmask says otherwise")]
    [InlineData(0b1011, 3, "[1, 3]", "but its bitmask says otherwise")]
    [InlineData(0b011, 2, "[1, 9]", "does not fit its")]
    [InlineData(0b011, 4, "[1, 3]", "cannot hold")]
    public void Parts_that_contradict_each_other_are_corrupt(byte bits, int values, string shape, string complaint)
    {
        var dimensions = shape.Trim('[', ']').Split(", ").Select(long.Parse).ToArray();
        new StateDictBuilder().Floats("fc.compressed", [values], new float[values]).Raw("fc.bitmask", TensorType.U8, [1, 1], bits)
            .Raw("fc.shape", TensorType.I64, [2], MemoryMarshal.AsBytes<long>(dimensions).ToArray()).Save(Packed);

        var error = Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(Packed, Back));

        error.Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        error.Failure.Reason.ShouldContain(complaint);
    }

    [Fact]
    public void A_dense_tensor_that_only_has_the_name_of_a_part_is_kept()
    {
        new StateDictBuilder().Floats("fc.compressed", [1], 5).Raw("fc.bitmask", TensorType.U8, [1, 1], 0b10)
            .Raw("fc.shape", TensorType.I64, [2], Longs(1, 2)).Floats("grid.shape", [1], 3).Save(Packed);

        PackedCheckpoint.Unpack(Packed, Back);

        using var back = StateDict.Open(Back);
        back.Tensors.Select(t => t.Name).ShouldBe(["fc.weight", "grid.shape"]);
    }

    [Fact]
    public void A_bitmask_along_the_last_dimension_alone_is_read()
    {
        new StateDictBuilder().Floats("conv.compressed", [3], 5, 6, 7).Raw("conv.bitmask", TensorType.U8, [2, 1, 2, 1], 0b10, 0, 0b11, 0)
            .Raw("conv.shape", TensorType.I64, [4], Longs(2, 1, 2, 2)).Save(Packed);

        PackedCheckpoint.Unpack(Packed, Back);

        using var back = StateDict.Open(Back);
        back.Floats("conv.weight", 0, 8).ToArray().ShouldBe([0, 5, 0, 0, 6, 7, 0, 0]);
    }

    [Fact]
    public void A_file_of_compressed_tensors_with_row_offsets_is_read()
    {
        new StateDictBuilder().Floats("fc.compressed", [2], 5, 6).Raw("fc.bitmask", TensorType.U8, [2, 1], 0b10, 0b01)
            .Raw("fc.shape", TensorType.I64, [2], Longs(2, 3)).Raw("fc.row_offsets", TensorType.I64, [2], Longs(0, 1)).Save(Packed);

        PackedCheckpoint.Unpack(Packed, Back);

        using var back = StateDict.Open(Back);
        back.Floats("fc.weight", 0, 6).ToArray().ShouldBe([0, 5, 0, 6, 0, 0]);
    }

    private static byte[] Longs(params long[] numbers) => MemoryMarshal.AsBytes<long>(numbers).ToArray();

    private void Save(Func<StateDictBuilder, StateDictBuilder> build) => build(new StateDictBuilder()).Save(Dense);

    private void Pack() => PackFile(null);

    private void PackFile(SparsityMask? mask, bool maskElsewhere = false)
    {
        using var source = StateDict.Open(Dense);
        PackedCheckpoint.Pack(source, Packed, mask, maskElsewhere);
    }
}

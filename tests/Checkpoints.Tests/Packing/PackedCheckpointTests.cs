using System.Runtime.InteropServices;
using CsCheck;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class PackedCheckpointTests : IDisposable
{
    private readonly PackingFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_linear_weight_is_laid_out_as_compressed_tensors_does()
    {
        // Nine columns: each row of the bitmask is two bytes, the second with one bit.
        _files.Save(b => b.Floats("fc.weight", [2, 9], 1, 0, 0, 0, 0, 0, 0, 2, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0).Floats("fc.bias", [2], 5, 6));

        _files.Pack();

        using var packed = StateDict.Open(_files.Packed);
        packed.Tensors.Select(t => t.ToString())
            .ShouldBe(["fc.bias F32 [2]", "fc.bitmask U8 [2, 2]", "fc.compressed F32 [4]", "fc.row_offsets I64 [0]", "fc.shape I64 [2]"]);
        packed.Bytes("fc.bitmask", 0, 4).ToArray().ShouldBe([0b1000_0001, 0b1, 0b10, 0]);
        packed.Floats("fc.compressed", 0, 4).ToArray().ShouldBe([1, 2, 3, 4]);
        MemoryMarshal.Cast<byte, long>(packed.Bytes("fc.shape", 0, 16)).ToArray().ShouldBe([2, 9]);
    }

    [Fact]
    public void A_convolution_is_packed_by_its_first_dimension()
    {
        _files.Save(b => b.Floats("conv.weight", [2, 1, 2, 2], 1, 0, 0, 2, 0, 3, 0, 0));

        _files.Pack();

        using var packed = StateDict.Open(_files.Packed);
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
                _files.Save(b => b.Raw("a.weight", sample.type, shape, sample.raw).Raw("weight", sample.type, shape, sample.raw)
                    .Floats("a.bias", [1], 3).Metadata("format", "pt"));
                _files.Pack();
                PackedCheckpoint.Unpack(_files.Packed, _files.Back);
                return File.ReadAllBytes(_files.Back).AsSpan().SequenceEqual(File.ReadAllBytes(_files.Dense));
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void Tensors_of_many_pieces_come_back()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 3 * 99_991 * 2).Select(_ => random.Next(20) == 0 ? random.NextSingle() : 0).ToArray();
        _files.Save(b => b.Floats("fc.weight", [6, 99_991], values));

        _files.Pack();
        PackedCheckpoint.Unpack(_files.Packed, _files.Back);

        ContentDigest.OfFile(_files.Back).ShouldBe(ContentDigest.OfFile(_files.Dense));
    }

    [Fact]
    public void A_packed_file_takes_one_bit_per_weight_and_the_values()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 1000 * 1000).Select(_ => random.Next(50) == 0 ? 1f : 0f).ToArray();
        _files.Save(b => b.Floats("fc.weight", [1000, 1000], values));

        _files.Pack();

        const int header = 512;
        new FileInfo(_files.Packed).Length.ShouldBeLessThanOrEqualTo(1000 * 1000 / 8 + values.Count(v => v != 0) * 4 + header);
    }

    [Fact]
    public void Packing_twice_is_refused()
    {
        _files.Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 2, 0));
        _files.Pack();

        using var packed = StateDict.Open(_files.Packed);
        Should.Throw<DomainException>(() => PackedCheckpoint.Pack(packed, _files.Back)).Failure.Code.ShouldBe(FailureCodes.InvalidOption);
    }
}

using CsCheck;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class StateDictWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_the_order()
    {
        var one = new StateDictBuilder().Floats("a", [2], 1, 2).Raw("b", TensorType.U8, [1], 3).Metadata("x", "1").Metadata("y", "2")
            .Save(_folder.File("one"));
        var two = new StateDictBuilder().Raw("b", TensorType.U8, [1], 3).Floats("a", [2], 1, 2).Metadata("y", "2").Metadata("x", "1")
            .Save(_folder.File("two"));

        File.ReadAllBytes(two).ShouldBe(File.ReadAllBytes(one));
    }

    [Fact]
    public void Larger_elements_come_first_and_data_begins_at_a_multiple_of_64()
    {
        var path = new StateDictBuilder().Raw("u", TensorType.U8, [3], 1, 2, 3).Floats("f", [1, 2], 1, 2).Metadata("format", "pt")
            .Save(_folder.File("m"));

        var bytes = File.ReadAllBytes(path);

        BitConverter.ToInt64(bytes).ShouldBe(184);
        System.Text.Encoding.UTF8.GetString(bytes, 8, 184).TrimEnd(' ').ShouldBe(
            """{"__metadata__":{"format":"pt"},"f":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"""
            + @"""u"":{""dtype"":""U8"",""shape"":[3],""data_offsets"":[8,11]}}");
        bytes[192..].ShouldBe([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 1, 2, 3]);
    }

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        var name = Gen.String[Gen.Char.Where(c => !char.IsSurrogate(c)), 1, 12];
        var tensor = from n in name
                     from type in Gen.Enum<TensorType>()
                     from shape in Gen.Long[0, 6].Array[0, 4]
                     from seed in Gen.Int
                     from length in Gen.Long[0, 50]
                     let info = type == TensorType.Unknown ? TensorInfo.OfUnknown(n, "F3_E1M1", [.. shape], length) : new TensorInfo(n, type, [.. shape])
                     where info.Count * type.BitSize() % 8 == 0
                     select (Info: info, Seed: seed);
        tensor.Array[0, 6].Sample(
            sample =>
            {
                var tensors = sample.DistinctBy(t => t.Info.Name).Where(t => t.Info.Name != "__metadata__")
                    .Select(t => (t.Info, Data: Bytes(t.Info, t.Seed))).ToList();
                Write(tensors);
                using var state = StateDict.Open(_folder.File("m"));
                return state.Tensors.SequenceEqual(tensors.Select(t => t.Info).OrderBy(t => t.Name, StringComparer.Ordinal))
                    && tensors.TrueForAll(t => state.Bytes(t.Info.Name, 0, t.Data.Length).SequenceEqual(t.Data));
            },
            iter: 1_000,
            threads: 1);
    }

    [Fact]
    public void A_file_appears_only_when_it_is_complete_and_nothing_stays_of_an_abandoned_one()
    {
        using (var writer = StateDictWriter.Create(_folder.File("m"), [TensorInfo.Of("a", TensorType.F32, 4)]))
        {
            writer.Floats("a", 0, 4).Fill(1);
            File.Exists(_folder.File("m")).ShouldBeFalse();
        }

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_no_disk_can_hold_is_refused_at_once_and_leaves_nothing()
    {
        Should.Throw<IOException>(() => StateDictWriter.Create(_folder.File("m"), [TensorInfo.Of("a", TensorType.F32, 1L << 55)]));

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Completing_replaces_an_older_file_at_once_while_a_reader_keeps_the_old_one()
    {
        new StateDictBuilder().Floats("a", [1], 1).Save(_folder.File("m"));
        using var old = StateDict.Open(_folder.File("m"));

        new StateDictBuilder().Floats("a", [1], 2).Save(_folder.File("m"));

        old.Floats("a", 0, 1)[0].ShouldBe(1);
        using var replaced = StateDict.Open(_folder.File("m"));
        replaced.Floats("a", 0, 1)[0].ShouldBe(2);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(
            () => StateDictWriter.Create(_folder.File("m"), [TensorInfo.Of("a", TensorType.F32), TensorInfo.Of("a", TensorType.F16)]))
            .Message.ShouldContain("'a'");

    [Fact]
    public void Access_outside_a_tensor_or_of_another_type_is_refused()
    {
        using var writer = StateDictWriter.Create(
            _folder.File("m"), [TensorInfo.Of("a", TensorType.F32, 4), TensorInfo.Of("h", TensorType.F16, 4)]);

        Should.Throw<ArgumentOutOfRangeException>(() => writer.Floats("a", 2, 3).Clear());
        Should.Throw<ArgumentOutOfRangeException>(() => writer.Bytes("a", -1, 3).Clear());
        Should.Throw<ArgumentException>(() => writer.Floats("h", 0, 4).Clear());
        Should.Throw<ArgumentException>(() => writer.Floats("none", 0, 4).Clear());
    }

    private static byte[] Bytes(TensorInfo tensor, int seed)
    {
        var bytes = new byte[tensor.ByteLength];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private void Write(List<(TensorInfo Info, byte[] Data)> tensors)
    {
        using var writer = StateDictWriter.Create(_folder.File("m"), [.. tensors.Select(t => t.Info)]);
        foreach (var (info, data) in tensors)
            data.CopyTo(writer.Bytes(info.Name, 0, data.Length));
        writer.Complete();
    }
}

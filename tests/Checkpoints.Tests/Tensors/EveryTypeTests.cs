using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Whatever type a tensor has, its file can be looked at, copied, packed and unpacked.</summary>
public sealed class EveryTypeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The types of safetensors 0.8, with the bits of their elements.</summary>
    public static TheoryData<string, int> Types => new()
    {
        { "BOOL", 8 }, { "F4", 4 }, { "F6_E2M3", 6 }, { "F6_E3M2", 6 }, { "U8", 8 }, { "I8", 8 }, { "F8_E5M2", 8 }, { "F8_E4M3", 8 }, { "F8_E8M0", 8 },
        { "F8_E4M3FNUZ", 8 }, { "F8_E5M2FNUZ", 8 }, { "I16", 16 }, { "U16", 16 }, { "F16", 16 }, { "BF16", 16 }, { "I32", 32 }, { "U32", 32 }, { "F32", 32 },
        { "C64", 64 }, { "F64", 64 }, { "I64", 64 }, { "U64", 64 },
    };

    private string Foreign => _folder.File("foreign.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    [InlineData("F3_E1M1", 3)]
    [InlineData("NF4", 4)]
    public void A_tensor_of_it_goes_through_everything_bit_by_bit(string type, int bits)
    {
        // Eight elements of any type are whole bytes. The bytes are such that no float of them is NaN.
        var data = Enumerable.Range(1, bits).Select(i => (byte)i).ToArray();
        File.WriteAllBytes(Foreign, [.. RawFile.Bytes($$$"""{"x":{"dtype":"{{{type}}}","shape":[8],"data_offsets":[0,{{{bits}}}]}}""", 0), .. data]);

        var summary = CheckpointInspector.Inspect(Foreign).Tensors.ShouldHaveSingleItem();
        (summary.Name, summary.Type, summary.Count, summary.SizeBytes).ShouldBe(("x", type, 8, bits));
        summary.NonZero.ShouldBe(bits >= 8 ? 8 : null);
        CheckpointInspector.Verify(Foreign).Passed.ShouldBeTrue();
        using (var source = StateDict.Open(Foreign))
        {
            CheckpointCopy.Write(source, _folder.File("copy"));
            PackedCheckpoint.Pack(source, _folder.File("packed"));
        }

        PackedCheckpoint.Unpack(_folder.File("packed"), _folder.File("back"));
        foreach (var file in (string[])["copy", "packed", "back"])
        {
            using var state = StateDict.Open(_folder.File(file));
            state.Tensors.ShouldHaveSingleItem().ToString().ShouldBe($"x {type} [8]");
            state.Bytes("x", 0, data.Length).ToArray().ShouldBe(data);
        }
    }

    [Fact]
    public void A_type_nobody_knows_is_shown_by_name_and_size_and_not_vouched_for()
    {
        new StateDictBuilder().Unknown("x", "F3_E1M1", [2, 4], 1, 2, 3).Raw("y", TensorType.F8E4M3, [1], 0x7F).Floats("z", [1], 1).Save(Foreign);

        CheckpointInspector.Verify(Foreign).Checks.Single(c => c.Name == "finite").Detail
            .ShouldBe("no NaN and no infinity; tensors of F3_E1M1, F8_E4M3 were not looked at");
    }

    [Theory]
    [InlineData("F8_E4M3", 0x80, 0)]
    [InlineData("F8_E5M2", 0x80, 0)]
    [InlineData("F8_E4M3FNUZ", 0x80, 1)]
    [InlineData("F8_E8M0", 0x00, 1)]
    [InlineData("I8", 0x80, 1)]
    [InlineData("U8", 0x00, 0)]
    public void What_is_a_zero_depends_on_the_type(string type, byte element, int nonZero)
    {
        TensorTypes.TryParse(type, out var parsed).ShouldBeTrue();
        new StateDictBuilder().Raw("x", parsed, [1], element).Save(Foreign);

        CheckpointInspector.Inspect(Foreign).Tensors[0].NonZero.ShouldBe(nonZero);
    }

    [Fact]
    public void A_complex_number_is_zero_when_both_its_parts_are()
    {
        new StateDictBuilder().Raw("x", TensorType.C64, [3], [0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, .. new byte[8]]).Save(Foreign);

        CheckpointInspector.Inspect(Foreign).Tensors[0].NonZero.ShouldBe(1);
    }

    [Fact]
    public void Two_unknown_types_of_one_name_but_other_lengths_are_two_structures()
    {
        string Digest(params byte[] bytes)
        {
            using var state = StateDict.Open(new StateDictBuilder().Unknown("x", "F3", [2], bytes).Save(Foreign));
            return state.StructureDigest;
        }

        Digest(1).ShouldNotBe(Digest(1, 2));
    }

    [Fact]
    public void Elements_that_share_bytes_have_no_bytes_of_their_own()
    {
        TensorInfo.Of("x", TensorType.F4, 6).ByteLength.ShouldBe(3);
        TensorInfo.Of("x", TensorType.F6E2M3, 4).ByteLength.ShouldBe(3);
        Should.Throw<ArgumentException>(() => TensorType.F4.ByteSize());
        Should.Throw<ArgumentException>(() => StateDictWriter.Create(Foreign, [TensorInfo.Of("x", TensorType.F4, 3)]));
    }
}

using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary><c>f5</c> is 90 % zeros, half of them −0, as <c>w * mask</c> leaves them; <c>f5-plus</c> is the same with +0.</summary>
public sealed class NegativeZeroTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("out.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_are_not_stored_when_packed_with_a_mask_and_without(bool withMask)
    {
        using var state = StateDict.Open(Cases.Path("f5"));

        PackedCheckpoint.Pack(state, Output, withMask ? MaskOf("f5-plus") : null);

        if (!withMask)
            new FileInfo(Output).Length.ShouldBe(5_700);
        PackedCheckpoint.Unpack(Output, _folder.File("back.safetensors"));
        CheckpointInspector.Inspect(_folder.File("back.safetensors")).ContentDigest.ShouldBe(CopyOf("f5-plus"));
    }

    [Fact]
    public void The_size_that_a_report_names_is_that_of_the_packed_file()
    {
        using var state = StateDict.Open(Cases.Path("f5"));

        PackedCheckpoint.SizeOf(state).ShouldBe(5_700);
    }

    [Fact]
    public void Every_look_at_the_file_gives_the_same_answer()
    {
        var (signed, plain) = (CheckpointInspector.Inspect(Cases.Path("f5")), CheckpointInspector.Inspect(Cases.Path("f5-plus")));

        signed.NonZero.ShouldBe(1_000);
        signed.MaskDigest.ShouldBe(plain.MaskDigest);
        using var state = StateDict.Open(Cases.Path("f5"));
        ZeroCheck.Violations(state, MaskOf("f5-plus")).ShouldBeEmpty();
        CheckpointCompression.Of(state).Layers.ShouldHaveSingleItem().Kept.ShouldBe(1_000);
    }

    [Theory]
    [InlineData("11110000", true)]
    [InlineData("11000000", false)]
    [InlineData("11111111", true)]
    public void A_packed_file_is_in_order_under_a_mask_when_the_file_it_was_packed_from_is(string kept, bool passes)
    {
        var file = new StateDictBuilder().Floats("fc.weight", [2, 4], 1, 2, 3, 0, -0f, 0, -0f, 0).Save(_folder.File("m.safetensors"));
        Masks.Of(("fc.weight", [2, 4], kept)).Save(_folder.File("mask"));
        using (var state = StateDict.Open(file))
            PackedCheckpoint.Pack(state, Output);

        CheckpointInspector.Verify(file, _folder.File("mask")).Passed.ShouldBe(passes);
        CheckpointInspector.Verify(Output, _folder.File("mask")).Passed.ShouldBe(passes);
    }

    [Fact]
    public void A_copy_under_a_mask_holds_plain_zeros()
    {
        using var state = StateDict.Open(Cases.Path("f5"));

        CheckpointCopy.Write(state, new CheckpointTarget(Output), MaskOf("f5-plus"));

        CheckpointInspector.Inspect(Output).ContentDigest.ShouldBe(CopyOf("f5-plus"));
    }

    [Fact]
    public void A_copy_without_a_mask_keeps_every_bit()
    {
        using var state = StateDict.Open(Cases.Path("f5"));

        CheckpointCopy.Write(state, Output);

        using var copy = StateDict.Open(Output);
        copy.Bytes("fc.weight", 0, 40_000).SequenceEqual(state.Bytes("fc.weight", 0, 40_000)).ShouldBeTrue();
    }

    [Fact]
    public void A_negative_zero_that_the_mask_keeps_is_packed_as_it_is()
    {
        var file = new StateDictBuilder().Floats("fc.weight", [1, 4], -0f, 1, -0f, 0).Save(_folder.File("m.safetensors"));
        using (var state = StateDict.Open(file))
            PackedCheckpoint.Pack(state, Output, Masks.Of(("fc.weight", [1, 4], "1100")));

        PackedCheckpoint.Unpack(Output, _folder.File("back.safetensors"));

        using var back = StateDict.Open(_folder.File("back.safetensors"));
        back.Floats("fc.weight", 0, 4).ToArray().Select(float.IsNegative).ShouldBe([true, false, false, false]);
    }

    /// <summary>The digest of the file as our writer lays it out.</summary>
    private string CopyOf(string name)
    {
        using var state = StateDict.Open(Cases.Path(name));
        CheckpointCopy.Write(state, _folder.File("plain.safetensors"));
        return ContentDigest.OfFile(_folder.File("plain.safetensors"));
    }

    private static SparsityMask MaskOf(string name)
    {
        using var state = StateDict.Open(Cases.Path(name));
        var bits = string.Concat(state.Floats("fc.weight", 0, 10_000).ToArray().Select(w => w == 0 ? '0' : '1'));
        return Masks.Of(("fc.weight", [100, 100], bits));
    }
}

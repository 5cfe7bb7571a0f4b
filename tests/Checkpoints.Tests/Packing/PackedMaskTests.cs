using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Packing under a mask instead of under the zeros there are.</summary>
public sealed class PackedMaskTests : IDisposable
{
    private readonly PackingFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Zeros_that_a_mask_keeps_are_stored_so_that_the_mask_is_too()
    {
        _files.Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 0, 0));
        var mask = Masks.Of(("fc.weight", [1, 4], "1100"));

        _files.Pack(mask);

        using var packed = StateDict.Open(_files.Packed);
        packed.Bytes("fc.bitmask", 0, 1).ToArray().ShouldBe([(byte)0b11]);
        packed.Floats("fc.compressed", 0, 2).ToArray().ShouldBe([1, 0]);
    }

    [Fact]
    public void A_mask_stored_elsewhere_is_not_stored_again_and_is_needed_to_unpack()
    {
        _files.Save(b => b.Floats("fc.weight", [1, 4], 1, 0, 2, 0));
        var mask = Masks.Of(("fc.weight", [1, 4], "1010"));

        _files.Pack(mask, maskElsewhere: true);
        PackedCheckpoint.Unpack(_files.Packed, _files.Back, mask);

        using (var packed = StateDict.Open(_files.Packed))
            packed.Find("fc.bitmask").ShouldBeNull();
        ContentDigest.OfFile(_files.Back).ShouldBe(ContentDigest.OfFile(_files.Dense));
        Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(_files.Packed, _files.Back)).Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        Should.Throw<DomainException>(() => PackedCheckpoint.Unpack(_files.Packed, _files.Back, Masks.Of(("fc.weight", [1, 4], "0110"))))
            .Message.ShouldContain("was packed under mask");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(3f)]
    public void What_a_mask_would_lose_is_refused(float pruned)
    {
        _files.Save(b => b.Floats("fc.weight", [1, 4], 1, pruned, 2, 0));

        var error = Should.Throw<DomainException>(() => _files.Pack(Masks.Of(("fc.weight", [1, 4], "1010"))));

        error.Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        error.Failure.Reason.ShouldContain($"'fc.weight' holds {pruned} at flat index 1");
        File.Exists(_files.Packed).ShouldBeFalse();
    }
}

using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class SparsityMaskTests : IDisposable
{
    private static readonly Gen<string> Bits = Gen.Bool.Array[150].Select(bits => string.Concat(bits.Select(b => b ? '1' : '0')));
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    private string MaskPath => _folder.File("m.mask");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mask_knows_its_sparsity()
    {
        var mask = Masks.Of(("b.weight", [2, 3], "101 011"), ("a.weight", [1, 2], "00"));

        (mask.Kept, mask.Total, mask.Sparsity).ShouldBe((4, 8, 0.5));
        mask.Tensors.Select(t => (t.Name, t.Kept, t.Count)).ShouldBe([("a.weight", 0, 2), ("b.weight", 4, 6)]);
        mask.Find("b.weight")!.Words.ToArray().ShouldBe([0b110_101ul]);
        mask.Find("b.weight")!.IsKept(1).ShouldBeFalse();
        mask.Find("c.weight").ShouldBeNull();
    }

    [Fact]
    public void A_mask_comes_back_from_its_file() =>
        Gen.Select(Bits, Gen.Int[1, 149]).Sample(
            (bits, split) =>
            {
                var mask = Masks.Of(("fc.weight", [1, split], bits[..split]), ("conv.weight", [150 - split, 1, 1], bits[split..]));
                mask.Save(MaskPath);
                var loaded = SparsityMask.Load(MaskPath);
                return loaded.Digest == mask.Digest && loaded.StructureDigest == mask.StructureDigest && loaded.Kept == mask.Kept;
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void Equal_masks_give_equal_files_and_digests_whatever_the_order_of_tensors()
    {
        var one = Masks.Of(("a", [1, 2], "10"), ("b", [1, 3], "011"));
        var two = Masks.Of(("b", [1, 3], "011"), ("a", [1, 2], "10"));
        one.Save(MaskPath);
        two.Save(_folder.File("two.mask"));

        two.Digest.ShouldBe(one.Digest);
        ContentDigest.OfFile(_folder.File("two.mask")).ShouldBe(ContentDigest.OfFile(MaskPath));
    }

    [Fact]
    public void A_digest_tells_bits_names_and_shapes_apart()
    {
        string[] digests =
        [
            Masks.Of(("a", [1, 2], "10")).Digest,
            Masks.Of(("a", [1, 2], "01")).Digest,
            Masks.Of(("a", [2, 1], "10")).Digest,
            Masks.Of(("b", [1, 2], "10")).Digest,
            Masks.Of(("a", [1, 3], "100")).Digest,
        ];

        digests.Distinct().Count().ShouldBe(digests.Length);
    }

    [Fact]
    public void Intersection_and_union_go_bit_by_bit()
    {
        var one = Masks.Of(("a", [1, 4], "1100"));
        var two = Masks.Of(("a", [1, 4], "1010"));

        one.Intersect(two).Digest.ShouldBe(Masks.Of(("a", [1, 4], "1000")).Digest);
        one.Union(two).Digest.ShouldBe(Masks.Of(("a", [1, 4], "1110")).Digest);
    }

    [Fact]
    public void Intersection_lies_in_both_masks_and_both_lie_in_the_union() =>
        Gen.Select(Bits, Bits).Sample((left, right) =>
        {
            var (a, b) = (Masks.Of(("a", [150], left)), Masks.Of(("a", [150], right)));
            return a.Intersect(b).IsSubsetOf(a) && a.IsSubsetOf(a.Union(b)) && a.Intersect(b).Kept + a.Union(b).Kept == a.Kept + b.Kept
                && a.IsSubsetOf(b) == (a.Union(b).Digest == b.Digest);
        });

    [Fact]
    public void Masks_over_different_tensors_are_not_combined()
    {
        var error = Should.Throw<DomainException>(() => Masks.Of(("a", [1, 2], "10")).Union(Masks.Of(("a", [2, 1], "10"))));

        error.Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
        error.Failure.Reason.ShouldBe("The masks cover different tensors; the first that only one of them has is a [1, 2].");
    }

    [Fact]
    public void Words_that_do_not_fit_the_shape_are_refused()
    {
        Should.Throw<ArgumentException>(() => new TensorMask("a", [65], [0])).Message.ShouldContain("takes 2 words, not 1");
        Should.Throw<ArgumentException>(() => new TensorMask("a", [3], [0b1000])).Message.ShouldContain("bits set beyond its 3 elements");
        Should.Throw<ArgumentOutOfRangeException>(() => Masks.Tensor("a", [3], "111").IsKept(3));
    }

    [Fact]
    public void A_state_dict_is_not_taken_for_a_mask()
    {
        new StateDictBuilder().Random("a.weight", [2, 2], 1).Save(MaskPath);

        Should.Throw<DomainException>(() => SparsityMask.Load(MaskPath)).Failure.Reason.ShouldContain("is not a sparsity mask");
    }
}

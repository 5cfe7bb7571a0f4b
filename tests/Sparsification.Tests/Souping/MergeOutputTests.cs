using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

/// <summary>What an average is written as: metadata, zeros, types, shards.</summary>
public sealed class MergeOutputTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Metadata_that_all_agree_on_is_kept()
    {
        using var soup = Merged([Cases.Path("f9-a"), Cases.Path("f9-b")]);

        soup.Metadata.ShouldBe(new Dictionary<string, string> { ["format"] = "pt" });
    }

    [Fact]
    public void Metadata_in_which_they_differ_is_not()
    {
        string[] candidates =
        [
            .. new[] { "1", "2" }.Select(seed =>
                new StateDictBuilder().Floats("a.weight", [1, 1], 1).Metadata("format", "pt").Metadata("seed", seed).Metadata("only " + seed, "here").Save(_files.NewPath())),
        ];

        using var soup = Merged(candidates);

        soup.Metadata.Keys.ShouldBe(["format"]);
    }

    [Fact]
    public void Negative_zeros_under_a_mask_are_zeros_and_become_plain_ones()
    {
        var bits = string.Concat(Files.Read(Cases.Path("f5-plus"), "fc.weight").Select(w => w == 0 ? '0' : '1'));

        using var soup = Merged([Cases.Path("f5"), Cases.Path("f5")], Masks.Of(("fc.weight", [100, 100], bits)));

        using var plain = StateDict.Open(Cases.Path("f5-plus"));
        soup.Bytes("fc.weight", 0, 40_000).SequenceEqual(plain.Bytes("fc.weight", 0, 40_000)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    [InlineData(TensorType.F64)]
    public void And_so_in_every_type(TensorType type)
    {
        var file = _files.Write(type, ("a.weight", [1, 3], [-0f, 2, -0f]));

        using var soup = Merged([file, file], Masks.Of(("a.weight", [1, 3], "010")));

        soup.Bytes("a.weight", 0, type.ByteSize()).ContainsAnyExcept((byte)0).ShouldBeFalse();
    }

    [Fact]
    public void A_soup_of_an_F64_checkpoint_with_itself_is_that_checkpoint_to_the_bit()
    {
        using var source = StateDict.Open(Cases.Path("f3-soup"));
        foreach (var count in new[] { 2, 3, 7 })
        {
            using var soup = Merged([.. Enumerable.Repeat(Cases.Path("f3-soup"), count)]);
            soup.Bytes("fc.weight", 0, 32).SequenceEqual(source.Bytes("fc.weight", 0, 32)).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_tiny_F64_weight_that_a_mask_prunes_is_none_the_less_no_zero()
    {
        var file = _files.WriteDoubles([1, 2], 1e-50, 1);

        Should.Throw<DomainException>(() => Merged([file, file], Masks.Of(("a.weight", [1, 2], "01")))).Failure.Reason
            .ShouldEndWith("/0.safetensors has 1E-50 in 'a.weight' at flat index 0, which the mask prunes.");
    }

    [Fact]
    public void Members_of_different_types_are_named_with_tensor_and_files()
    {
        var (a, b) = Mixed();

        var failure = Should.Throw<DomainException>(() => Merged([a, b])).Failure;

        failure.Code.ShouldBe(FailureCodes.ShapeMismatch);
        failure.Reason.ShouldBe($"The candidates hold numbers of different types: 'a.weight' is F32 in {Path.GetFileName(a)} and BF16 in {Path.GetFileName(b)}.");
        failure.Remedy.ShouldContain("--dtype");
    }

    [Fact]
    public void With_a_type_of_the_average_they_are_averaged_in_64_bits_in_any_order()
    {
        var (a, b) = Mixed();

        using var soup = Merged([a, b], type: TensorType.F32);
        using var reversed = Merged([b, a], type: TensorType.F32);

        Files.Read(soup.Path, "a.weight").ShouldBe([2, 1]);
        File.ReadAllBytes(reversed.Path).ShouldBe(File.ReadAllBytes(soup.Path));
    }

    [Fact]
    public void A_wider_type_holds_the_whole_mean()
    {
        var (a, b) = (_files.Write(("a.weight", [1, 1], [1])), _files.Write(("a.weight", [1, 1], [MathF.BitIncrement(1)])));

        using var soup = Merged([a, b], type: TensorType.F64);

        Files.ReadDoubles(soup.Path, "a.weight").ShouldBe([1 + Math.ScaleB(1, -24)]);
    }

    [Fact]
    public void The_average_of_shards_has_the_shards_of_the_first_whatever_the_others()
    {
        string[] wholes = [.. Enumerable.Range(0, 2).Select(i => new StateDictBuilder().Random("a.weight", [4, 4], i).Random("b.weight", [4, 4], i + 9).Save(_files.NewPath()))];
        var (shards, output) = (Directory.CreateDirectory(_files.NewPath("shards")).FullName, Directory.CreateDirectory(_files.NewPath("soup")).FullName);
        using (var first = StateDict.Open(wholes[0]))
            ShardedCheckpoint.Write(first, shards, maxShardBytes: 1);
        using var like = StateDict.Open(shards);

        SoupOperation.Merge([shards, wholes[1]], null, new CheckpointTarget(output) { Like = like });

        using var soup = StateDict.Open(output);
        soup.Files.Count.ShouldBe(2);
        CheckpointCopy.Write(soup, Path.Combine(output, "joined"));
        using var plain = Merged(wholes);
        File.ReadAllBytes(Path.Combine(output, "joined")).ShouldBe(File.ReadAllBytes(plain.Path));
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Norms_and_distances_of_F64_are_taken_at_their_own_scale(double scale)
    {
        var geometry = SoupOperation.Measure([_files.WriteDoubles([1, 2], 3 * scale, 4 * scale), _files.WriteDoubles([1, 2], 3 * scale, 16 * scale)]);

        (geometry.Norms[0] / scale).ShouldBe(5, 1e-12);
        (geometry.Distances[0][1] / scale).ShouldBe(12, 1e-12);
        (geometry.Radii[1] / scale).ShouldBe(6, 1e-12);
        geometry.RelativeSpread.ShouldBe(12 / Math.Sqrt(9 + 256), 1e-12);
    }

    [Fact]
    public void Numbers_that_differ_beyond_32_bits_are_a_distance_apart()
    {
        var geometry = SoupOperation.Measure([_files.WriteDoubles([1, 1], 1), _files.WriteDoubles([1, 1], 1 + 1e-12)]);

        geometry.Distances[0][1].ShouldBe(1e-12, 1e-15);
    }

    private (string F32, string BF16) Mixed() => (_files.Write(("a.weight", [1, 2], [1, 0])), _files.Write(TensorType.BF16, ("a.weight", [1, 2], [3, 2])));

    private StateDict Merged(string[] candidates, SparsityMask? mask = null, TensorType? type = null)
    {
        var output = _files.NewPath();
        SoupOperation.Merge(candidates, mask, new CheckpointTarget(output) { Type = type });
        return StateDict.Open(output);
    }
}

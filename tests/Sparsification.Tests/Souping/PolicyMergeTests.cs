using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

/// <summary>Averages of files with masks of their own, and what is left beside them.</summary>
public sealed class PolicyMergeTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(UnionPolicy.Name)]
    [InlineData(RePrunePolicy.Name)]
    public void With_a_type_of_the_average_nothing_is_rounded_on_the_way_in_any_order(string policy)
    {
        var narrow = _files.Write(TensorType.BF16, ("a.weight", [1, 4], [1, 0, 3, 0]));
        var wide = _files.Write(("a.weight", [1, 4], [1 + MathF.ScaleB(1, -20), 5, 0, 0]));

        var (there, back) = (Merged(policy, TensorType.F32, narrow, wide), Merged(policy, TensorType.F32, wide, narrow));

        Files.Read(there, "a.weight").ShouldBe([policy == UnionPolicy.Name ? 1 + MathF.ScaleB(1, -21) : 0, 2.5f, 1.5f, 0]);
        File.ReadAllBytes(back).ShouldBe(File.ReadAllBytes(there));
    }

    [Fact]
    public void A_mean_that_the_first_candidates_type_cannot_hold_fits_the_types_asked_for()
    {
        var narrow = _files.Write(TensorType.F16, ("a.weight", [1, 2], [60_000, 0]));
        var wide = _files.Write(("a.weight", [1, 2], [200_000, 0]));

        Files.Read(Merged(UnionPolicy.Name, TensorType.F32, narrow, wide), "a.weight").ShouldBe([130_000, 0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(TensorType.F64)]
    public void Files_beside_the_output_that_only_look_like_intermediate_ones_stay(TensorType? type)
    {
        var (a, b) = (_files.Write(("a.weight", [1, 4], [4, 0, 2, 0])), _files.Write(("a.weight", [1, 4], [0, 6, 4, 0])));
        var output = Path.Combine(_files.Folder, "soup.safetensors");
        string[] own = [$"{output}.average", $"{output}.mask", Path.Combine(_files.Folder, ".soup.mask.masked.partial")];
        foreach (var file in own)
            File.WriteAllText(file, "mine");
        var before = Directory.GetFiles(_files.Folder).Length;

        PolicyMerge.Run([a, b], RePrunePolicy.Name, Rule, new CheckpointTarget(output) { Type = type }, Path.Combine(_files.Folder, "soup.mask"));

        own.Select(f => File.ReadAllText(f)).ShouldBe(["mine", "mine", "mine"]);
        Directory.GetFiles(_files.Folder).Length.ShouldBe(before + 2);
    }

    [Fact]
    public void Packed_candidates_are_unpacked_where_the_caller_says_not_where_they_lie()
    {
        var packed = _files.NewPath();
        using (var state = StateDict.Open(_files.Write(("a.weight", [1, 4], [4, 0, 0, 0]))))
            PackedCheckpoint.Pack(state, packed);
        var (scratch, none) = (Directory.CreateDirectory(Path.Combine(_files.Folder, "scratch")).FullName, Path.Combine(_files.Folder, "none"));

        var density = SoupDensity.Of([packed], packed, TensorSelection.Default, scratch);

        (density.Candidates.Single(), density.Average).ShouldBe((0.75, 0.75));
        SoupOperation.Measure([packed, packed], scratch).Norms.ShouldBe([4, 4]);
        Directory.GetFiles(scratch).ShouldBeEmpty();
        Should.Throw<IOException>(() => SoupDensity.ZerosOf(packed, TensorSelection.Default, none));
        Should.Throw<IOException>(() => SoupOperation.Measure([packed, packed], none));
    }

    private static PruneRequest Rule { get; } = new() { Sparsity = 0.5 };

    private string Merged(string policy, TensorType type, params string[] candidates)
    {
        var output = _files.NewPath();
        PolicyMerge.Run(candidates, policy, Rule, new CheckpointTarget(output) { Type = type }, _files.NewPath("mask"));
        return output;
    }
}

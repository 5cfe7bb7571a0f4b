using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class MergeTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(null, 257)]
    [InlineData("0.25 0.75", 1)]
    [InlineData("0.75 0.25", 257)]
    [InlineData("0 1", 1)]
    public void A_counter_of_batches_is_that_of_the_largest_weight_or_the_largest_of_several_whatever_the_order(string? weights, long counted)
    {
        // 257 comes before 1 in the order of bytes, so that order decides nothing.
        var (output, reversed) = (_files.NewPath(), _files.NewPath());
        string[] candidates = [Tracked(257, 3), Tracked(1, 1)];
        double[]? factors = weights is null ? null : [.. weights.Split(' ').Select(double.Parse)];

        SoupOperation.Merge(candidates, null, output, factors);
        SoupOperation.Merge([.. candidates.Reverse()], null, reversed, factors?.Reverse().ToArray());

        using var soup = StateDict.Open(output);
        soup.Find("bn.num_batches_tracked")!.Type.ShouldBe(TensorType.I64);
        soup.Bytes("bn.num_batches_tracked", 0, 8).ToArray().ShouldBe(BitConverter.GetBytes(counted));
        File.ReadAllBytes(reversed).ShouldBe(File.ReadAllBytes(output));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1 0")]
    public void Other_integers_that_differ_are_refused_by_tensor_and_file(string? weights)
    {
        var failure = Refusal([Cases.Path("f2c-a"), Cases.Path("f2c-b")], weights is null ? null : [.. weights.Split(' ').Select(double.Parse)]);

        failure.Code.ShouldBe(FailureCodes.ShapeMismatch);
        failure.Reason.ShouldBe("Tensors that are not averaged differ between candidates: 'emb.position_ids' (I64) in f2c-a.safetensors and f2c-b.safetensors.");
    }

    [Fact]
    public void Of_many_tensors_that_differ_three_are_named_and_the_others_counted()
    {
        string Tables(byte value) => Enumerable.Range(0, 48).Aggregate(new StateDictBuilder(), (b, i) => b.Raw($"t{i:00}", TensorType.U8, [1], value)).Save(_files.NewPath());

        Refusal([Tables(1), Tables(2)]).Reason.ShouldEndWith("; and 45 more tensors.");
    }

    [Theory]
    [MemberData(nameof(Carried))]
    public void What_cannot_be_averaged_is_kept_where_it_is_equal_and_refused_where_it_is_not(string type)
    {
        string Save(byte last, float weight) => type == "F3_E1M1"
            ? new StateDictBuilder().Unknown("x", type, [2, 2], 1, 2, last).Floats("fc.weight", [1, 1], weight).Save(_files.NewPath())
            : new StateDictBuilder().Raw("x", Enum.Parse<TensorType>(type), [16], [.. Bytes(type, last)]).Floats("fc.weight", [1, 1], weight).Save(_files.NewPath());
        var (output, same) = (_files.NewPath(), Save(7, 1));

        SoupOperation.Merge([same, Save(7, 3)], null, output);

        Files.Read(output, "fc.weight").ShouldBe([2]);
        using (StateDict soup = StateDict.Open(output), member = StateDict.Open(same))
            soup.Bytes("x", 0, (int)soup.Find("x")!.ByteLength).ToArray().ShouldBe(member.Bytes("x", 0, (int)member.Find("x")!.ByteLength).ToArray());
        Refusal([same, Save(8, 3)]).Reason.ShouldContain("'x' (");
    }

    public static TheoryData<string> Carried =>
        [.. Enum.GetValues<TensorType>().Where(t => !t.IsFloat() && t != TensorType.Unknown).Select(t => t.ToString()), "F3_E1M1"];

    private static IEnumerable<byte> Bytes(string type, byte last) =>
        Enumerable.Range(1, 2 * Enum.Parse<TensorType>(type).BitSize() - 1).Select(i => (byte)i).Append(last);

    [Fact]
    public void The_order_changes_no_byte_even_where_addition_depends_on_it()
    {
        // In 64 bits 2⁶⁰ + 1 − 2⁶⁰ is 0 or 1, depending on the order.
        string[] paths = [.. new[] { MathF.ScaleB(1, 60), 1, -MathF.ScaleB(1, 60) }.Select(w => _files.Write(("a.weight", [1, 1], [w])))];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

        orders.Select(order => Merged([.. order.Select(i => paths[i])])).Distinct().ShouldHaveSingleItem();

        float Merged(string[] candidates)
        {
            var output = _files.NewPath();
            SoupOperation.Merge(candidates, null, output);
            return Files.Read(output, "a.weight")[0];
        }
    }

    [Theory]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    public void Narrow_types_are_averaged_wide_and_rounded_once(TensorType type)
    {
        // In either type 1 + 1 + … loses the last bit of 1.0078125 if summed narrow; the mean of equal numbers must not.
        var output = _files.NewPath();
        var path = _files.Write(type, ("a.weight", [1, 2], [1.0078125f, -3]));

        SoupOperation.Merge([.. Enumerable.Repeat(path, 7)], null, output);

        File.ReadAllBytes(output).ShouldBe(File.ReadAllBytes(path));
    }

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        string[] paths = [.. Enumerable.Range(0, 3).Select(i => new StateDictBuilder().Random("a.weight", [700, 999], i).Save(_files.NewPath()))];
        var (one, four) = (_files.NewPath(), _files.NewPath());

        SoupOperation.Merge(paths, null, one, null, threads: 1);
        SoupOperation.Merge(paths, null, four, null, threads: 4);

        File.ReadAllBytes(four).ShouldBe(File.ReadAllBytes(one));
    }

    [Fact]
    public void Candidates_of_another_structure_are_refused()
    {
        string[] files = [_files.Write(("a.weight", [1, 2], [1, 2])), _files.Write(("a.weight", [2, 1], [1, 2]))];

        var failure = Refusal(files);

        failure.Code.ShouldBe(FailureCodes.ShapeMismatch);
        failure.Reason.ShouldBe($"The candidates are of different structures: 'a.weight' is [1, 2] in {Path.GetFileName(files[0])} and [2, 1] in {Path.GetFileName(files[1])}.");
    }

    [Fact]
    public void A_mask_of_another_structure_is_refused() =>
        Refusal([_files.Write(("a.weight", [1, 2], [1, 2]))], mask: Masks.Of(("b.weight", [1, 2], "11"))).Code.ShouldBe(FailureCodes.MaskMismatch);

    [Fact]
    public void Violations_that_cancel_in_the_mean_are_found_all_the_same() =>
        Refusal([_files.Write(("a.weight", [1, 2], [1, 2])), _files.Write(("a.weight", [1, 2], [-1, 2]))], mask: Masks.Of(("a.weight", [1, 2], "01"))).Reason
            .ShouldEndWith("/0.safetensors has 1 in 'a.weight' at flat index 0, which the mask prunes.");

    [Fact]
    public void A_diverged_candidate_is_named() =>
        Refusal([_files.Write(("a.weight", [1, 2], [1, 2])), _files.Write(("a.weight", [1, 2], [1, float.NaN]))]).Reason
            .ShouldEndWith("/1.safetensors has NaN in 'a.weight' at flat index 1.");

    [Theory]
    [InlineData("0.5", "weights are [0.5]: there are 1 for 2 candidates.")]
    [InlineData("0.5 0.6", "weights are [0.5, 0.6]: they add up to 1.1.")]
    [InlineData("1.5 -0.5", "weights are [1.5, -0.5]: 1.5 is not in [0, 1].")]
    public void Weights_that_are_not_convex_are_refused(string weights, string reason)
    {
        var path = _files.Write(("a.weight", [1, 2], [1, 2]));

        Refusal([path, path], [.. weights.Split(' ').Select(double.Parse)]).Reason.ShouldBe(reason);
    }

    private StepFailure Refusal(string[] paths, double[]? weights = null, SparsityMask? mask = null) =>
        Should.Throw<DomainException>(() => SoupOperation.Merge(paths, mask, _files.NewPath(), weights)).Failure;

    private string Tracked(long batches, float mean) => new StateDictBuilder()
        .Raw("bn.num_batches_tracked", TensorType.I64, [], BitConverter.GetBytes(batches))
        .Floats("bn.running_mean", [1], mean)
        .Save(_files.NewPath());
}

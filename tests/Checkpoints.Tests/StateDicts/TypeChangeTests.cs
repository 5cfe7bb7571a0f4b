using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Checkpoints written in another type than they were read in.</summary>
public sealed class TypeChangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// 1 + 2⁻⁸ + 2⁻⁴⁰ lies just above the middle of two BF16, 1 and 1 + 2⁻⁷: rounded to F32 on the way it would be the middle itself, and go to 1.
    /// </summary>
    [Fact]
    public void A_double_is_rounded_once_on_its_way_to_16_bits() =>
        Converted(TensorType.BF16, 1 + Math.ScaleB(1, -8) + Math.ScaleB(1, -40)).ShouldBe([1 + Math.ScaleB(1, -7)]);

    [Fact]
    public void Ties_go_to_the_even_neighbour() =>
        Converted(TensorType.BF16, 1 + Math.ScaleB(1, -8), 1 + (3 * Math.ScaleB(1, -8))).ShouldBe([1, 1 + Math.ScaleB(1, -6)]);

    [Fact]
    public void Doubles_become_halves_as_the_base_library_rounds_them() => Gen.Double[-65519, 65519].Array[500].Sample(
        values => Converted(TensorType.F16, Spread(values, 30)).ShouldBe(Spread(values, 30).Select(v => (double)(Half)v)), iter: 20, threads: 1);

    [Fact]
    public void Doubles_become_floats_as_the_processor_rounds_them() => Gen.Double[-3.4e38, 3.4e38].Array[500].Sample(
        values => Converted(TensorType.F32, Spread(values, 300)).ShouldBe(Spread(values, 300).Select(v => (double)(float)v)), iter: 20, threads: 1);

    [Theory]
    [InlineData(TensorType.F32, 3.4028235677973366e38, "F32")]
    [InlineData(TensorType.F16, 65520, "F16")]
    [InlineData(TensorType.BF16, 3.39617752923046e38, "BF16")]
    public void A_number_that_would_become_infinite_is_refused_and_the_one_below_is_not(TensorType type, double value, string name)
    {
        var failure = Should.Throw<DomainException>(() => Converted(type, 1, value)).Failure;

        failure.Code.ShouldBe(FailureCodes.NotFinite);
        failure.Reason.ShouldContain("'a' would hold");
        failure.Reason.ShouldContain("at flat index 1");
        failure.Reason.ShouldContain($"more than {name} can");
        double.IsFinite(Converted(type, Math.BitDecrement(value))[0]).ShouldBeTrue();
    }

    [Fact]
    public void Reading_as_floats_what_no_float_can_hold_is_refused_too()
    {
        using var state = StateDict.Open(new StateDictBuilder().Doubles("a", [2], 1, 1e39).Save(_folder.File("m")));

        Should.Throw<DomainException>(() => state.ReadFloats("a", 0, new float[2])).Failure.Reason.ShouldContain("'a' would hold 1E+39 at flat index 1, more than F32 can");
    }

    [Fact]
    public void Integers_stay_and_zeros_under_a_mask_are_plain()
    {
        var file = new StateDictBuilder().Floats("a.weight", [1, 3], -0f, 1.5f, -0f).Raw("n", TensorType.I64, [1], BitConverter.GetBytes(7L)).Save(_folder.File("m"));
        using (var source = StateDict.Open(file))
            CheckpointCopy.Write(source, new CheckpointTarget(_folder.File("c")) { Type = TensorType.F16 }, Masks.Of(("a.weight", [1, 3], "010")));

        using var copy = StateDict.Open(_folder.File("c"));
        copy.Find("n")!.Type.ShouldBe(TensorType.I64);
        copy.Bytes("a.weight", 0, 6).ToArray().ShouldBe([0, 0, 0, 0x3E, 0, 0]);
    }

    /// <summary>Over the whole range of exponents, into the subnormal numbers.</summary>
    private static double[] Spread(double[] values, int powers) => [.. values.Select((v, i) => Math.ScaleB(v, -(i % powers)))];

    private double[] Converted(TensorType type, params double[] values)
    {
        var (file, copy) = (_folder.File("from"), _folder.File("to"));
        using (var writer = StateDictWriter.Create(file, [TensorInfo.Of("a", TensorType.F64, values.Length)]))
        {
            writer.WriteDoubles("a", 0, values);
            writer.Complete();
        }

        using (var source = StateDict.Open(file))
            CheckpointCopy.Write(source, new CheckpointTarget(copy) { Type = type });
        using var state = StateDict.Open(copy);
        state.Find("a")!.Type.ShouldBe(type);
        var back = new double[values.Length];
        state.ReadDoubles("a", 0, back);
        return back;
    }
}

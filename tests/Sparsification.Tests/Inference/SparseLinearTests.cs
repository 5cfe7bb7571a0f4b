using SparsePipeline.Sparsification.Inference;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Inference;

/// <summary>The product against a dense one, on every path; paths this processor lacks fall back to narrower ones.</summary>
public sealed class SparseLinearTests
{
    private static readonly Gen<Case> Cases =
        from rows in Gen.Int[1, 70]
        from columns in Gen.Int[1, 150]
        from batch in Gen.Int[1, 130]
        from density in Gen.OneOf(0d, 0.02, 0.1, 0.5, 1)
        from threads in Gen.Int[1, 3]
        from seed in Gen.Int[0, 1_000_000]
        select Case.Of(rows, columns, batch, density, threads, seed);

    public static TheoryData<int> Widths => new((int)VectorWidth.Portable, (int)VectorWidth.Bits256, (int)VectorWidth.Bits512);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Two_rows_worked_out_by_hand(int width)
    {
        var layer = new SparseLinear([0, 2, 0, -1, 0, 0], 2, 3, [10, 20], (VectorWidth)width);
        var outputs = new float[4];

        layer.Apply([1, 2, 3, 4, 5, 6], outputs, threads: 1);

        outputs.ShouldBe([14, 19, 20, 16]);
        layer.NonZeros.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void It_agrees_with_a_dense_product_at_every_size_batch_and_sparsity(int width) =>
        Cases.Sample(c => c.AgreesWithDense((VectorWidth)width).ShouldBeTrue(c.ToString()), iter: 150);

    [Theory]
    [MemberData(nameof(Widths))]
    public void It_agrees_with_a_dense_product_where_threads_share_the_work(int width)
    {
        foreach (var batch in new[] { 1, 9, 64, 130 })
            Case.Of(1000, 1020, batch, 0.1, 3, batch).AgreesWithDense((VectorWidth)width).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_layer_without_weights_gives_its_bias(int width)
    {
        var outputs = new float[3 * 40];

        new SparseLinear(new float[3 * 5], 3, 5, [1, 2, 3], (VectorWidth)width).Apply(new float[40 * 5], outputs, threads: 2);

        outputs.ShouldBe(Enumerable.Range(0, 40).SelectMany(_ => new float[] { 1, 2, 3 }));
    }

    [Fact]
    public void An_empty_batch_gives_nothing() => SparseLinear.Pack([1], 1, 1).Apply([], [], threads: 1);

    [Fact]
    public void The_same_batch_gives_the_same_bits_whatever_the_threads()
    {
        var c = Case.Of(600, 500, 130, 0.2, 1, 7);

        (c with { Threads = 4 }).Outputs(VectorWidth.Widest).ShouldBe(c.Outputs(VectorWidth.Widest));
    }

    [Fact]
    public void The_last_bits_depend_on_the_width_of_the_vectors_and_only_they()
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Fma.IsSupported, "There is one width only.");
        var c = Case.Of(60, 500, 3, 0.2, 1, 7);
        var (portable, wide) = (c.Outputs(VectorWidth.Portable), c.Outputs(VectorWidth.Bits256));

        wide.ShouldNotBe(portable, "nothing may be stored that comes from these products");
        wide.Zip(portable).ShouldAllBe(o => Math.Abs(o.First - o.Second) <= 2e-5);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_named()
    {
        var layer = SparseLinear.Pack([1, 0, 0, 1, 1, 1], 2, 3);

        Should.Throw<ArgumentException>(() => SparseLinear.Pack([1, 2, 3], 2, 2)).Message.ShouldStartWith("There are 3 weights, not 2 × 2.");
        Should.Throw<ArgumentException>(() => SparseLinear.Pack([1, 2], 2, 1, [1])).Message.ShouldStartWith("There are 1 biases, not one for each of 2 outputs.");
        Should.Throw<ArgumentException>(() => layer.Apply(new float[4], new float[2], 1)).Message.ShouldStartWith("4 numbers are not a whole number of inputs of 3.");
        Should.Throw<ArgumentException>(() => layer.Apply(new float[6], new float[3], 1)).Message.ShouldStartWith("3 numbers are not 2 outputs of 2.");
        Should.Throw<ArgumentOutOfRangeException>(() => layer.Apply(new float[3], new float[2], 0));
    }
}

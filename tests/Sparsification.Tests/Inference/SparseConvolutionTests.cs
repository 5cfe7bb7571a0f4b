using SparsePipeline.Sparsification.Inference;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Inference;

/// <summary>The convolution against a dense one, on every path; paths this processor lacks fall back to narrower ones.</summary>
public sealed class SparseConvolutionTests
{
    private static readonly Gen<ConvolutionShape> Shapes =
        from outputs in Gen.Int[1, 9]
        from inputs in Gen.Int[1, 9]
        from kernel in Gen.Int[1, 5]
        from stride in Gen.Int[1, 4]
        from padding in Gen.Int[0, 3]
        from height in Gen.Int[Math.Max(1, kernel - (2 * padding)), 20]
        from width in Gen.OneOf(Gen.Int[Math.Max(1, kernel - (2 * padding)), 6], Gen.Int[5, 90])
        select new ConvolutionShape(outputs, inputs, kernel, stride, padding, height, width);

    public static TheoryData<int> Widths => new((int)VectorWidth.Portable, (int)VectorWidth.Bits256, (int)VectorWidth.Bits512);

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_picture_worked_out_by_hand(int width)
    {
        // Above left twice, plus 10.
        float[] weights = [2, 0, 0, 0, 0, 0, 0, 0, 0];
        var outputs = new float[6];

        new SparseConvolution(weights, new ConvolutionShape(1, 1, 3, 1, 1, 2, 3), [10], (VectorWidth)width).Apply([1, 2, 3, 4, 5, 6], outputs, threads: 1);

        outputs.ShouldBe([10, 10, 10, 10, 12, 14]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_row_shorter_than_the_stride_has_phases_without_numbers(int width)
    {
        float[] weights = [.. Enumerable.Range(1, 16)];
        var outputs = new float[4];

        new SparseConvolution(weights, new ConvolutionShape(1, 1, 4, 4, 3, 2, 2), [0], (VectorWidth)width).Apply([1, 2, 3, 4], outputs, threads: 1);

        // The input's only column of the first outputs is their kernel's last one; the second outputs see column 1 with their first.
        outputs.ShouldBe([1 * 16, 2 * 13, 3 * 4, 4 * 1]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void It_agrees_with_a_dense_convolution_at_every_size_stride_and_padding(int width) =>
        Gen.Select(Shapes, Gen.Int[1, 3], Gen.OneOf(0d, 0.1, 0.5, 1), Gen.Int[1, 3], Gen.Int[0, 1_000_000]).Sample((shape, batch, density, threads, seed) =>
        {
            var random = new Random(seed);
            float[] Numbers(int count, double kept) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < kept ? (2 * random.NextSingle()) - 1 : 0)];
            var (weights, bias, inputs) = (Numbers(shape.Weights, density), Numbers(shape.Outputs, 1), Numbers(batch * shape.InputSize, 1));
            var outputs = new float[batch * shape.OutputSize];
            outputs.AsSpan().Fill(float.NaN);

            new SparseConvolution(weights, shape, bias, (VectorWidth)width).Apply(inputs, outputs, threads);

            // NaN, an output that was not written, is near to nothing.
            outputs.Zip(Dense(shape, weights, bias, inputs)).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-4).ShouldBeTrue();
        }, iter: 100);

    [Fact]
    public void Sizes_that_do_not_fit_are_named()
    {
        var shape = new ConvolutionShape(1, 1, 3, 1, 0, 3, 3);
        var layer = SparseConvolution.Pack(new float[9], shape);

        Should.Throw<ArgumentException>(() => SparseConvolution.Pack(new float[9], shape with { Height = 2 })).Message.ShouldContain("the kernel fits into the padded input");
        Should.Throw<ArgumentException>(() => SparseConvolution.Pack(new float[8], shape)).Message.ShouldStartWith("There are 8 weights, not 9.");
        Should.Throw<ArgumentException>(() => SparseConvolution.Pack(new float[9], shape, [1, 2])).Message.ShouldStartWith("There are 2 biases, not one for each of 1 outputs.");
        Should.Throw<ArgumentException>(() => layer.Apply(new float[10], new float[1], 1)).Message.ShouldStartWith("10 numbers are not a whole number of inputs of 9.");
        Should.Throw<ArgumentException>(() => layer.Apply(new float[9], new float[2], 1)).Message.ShouldStartWith("2 numbers are not 1 outputs of 1.");
    }

    private static double[] Dense(ConvolutionShape shape, float[] weights, float[] bias, float[] inputs)
    {
        var (height, width) = (shape.OutputHeight, shape.OutputWidth);
        return [.. Enumerable.Range(0, inputs.Length / shape.InputSize * shape.OutputSize).Select(i => One(i / shape.OutputSize, i / (height * width) % shape.Outputs, i / width % height, i % width))];

        double One(int picture, int output, int row, int column)
        {
            double sum = bias[output];
            for (var k = 0; k < shape.Weights / shape.Outputs; k++)
            {
                var (channel, element) = Math.DivRem(k, shape.Kernel * shape.Kernel);
                var (y, x) = ((row * shape.Stride) + (element / shape.Kernel) - shape.Padding, (column * shape.Stride) + (element % shape.Kernel) - shape.Padding);
                if (y >= 0 && y < shape.Height && x >= 0 && x < shape.Width)
                    sum += (double)weights[(output * (shape.Weights / shape.Outputs)) + k] * inputs[(picture * shape.InputSize) + (((channel * shape.Height) + y) * shape.Width) + x];
            }
            return sum;
        }
    }
}

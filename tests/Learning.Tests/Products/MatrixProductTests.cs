using SparsePipeline.Learning.Products;

namespace SparsePipeline.Learning.Tests.Products;

public sealed unsafe class MatrixProductTests
{
    /// <summary>Shapes with whole tiles, edges in every direction, one block, two halves and several blocks.</summary>
    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 1, 1, 1 }, { 12, 32, 5 }, { 13, 33, 7 }, { 24, 64, 192 }, { 30, 50, 193 }, { 7, 100, 383 }, { 25, 31, 384 }, { 11, 65, 800 }, { 200, 40, 10 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_element_is_a_sum_of_blocks_of_chains_of_fused_multiply_adds(int rows, int columns, int terms)
    {
        var (a, b) = (Numbers(rows * terms, 1), Numbers(terms * columns, 2));
        var product = new float[rows * columns];
        fixed (float* x = a, y = b, to = product)
            MatrixProduct.Multiply(StridedMatrix.Of(x, rows, terms), StridedMatrix.Of(y, terms, columns), to, adds: false);
        product.ShouldBe(Expected(a, b, new float[rows * columns], rows, columns, terms, adds: false));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_is_there_is_added_to_block_by_block(int rows, int columns, int terms)
    {
        var (a, b, sums) = (Numbers(rows * terms, 3), Numbers(terms * columns, 4), Numbers(rows * columns, 5));
        var expected = Expected(a, b, sums, rows, columns, terms, adds: true);
        fixed (float* x = a, y = b, to = sums)
            MatrixProduct.Multiply(StridedMatrix.Of(x, rows, terms), StridedMatrix.Of(y, terms, columns), to, adds: true);
        sums.ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transposed_factors_give_the_same_bits(int rows, int columns, int terms)
    {
        var (a, b) = (Numbers(rows * terms, 6), Numbers(terms * columns, 7));
        var (plain, transposed) = (new float[rows * columns], new float[rows * columns]);
        fixed (float* x = a, y = b, xt = Turned(a, rows, terms), yt = Turned(b, terms, columns), one = plain, other = transposed)
        {
            MatrixProduct.Multiply(StridedMatrix.Of(x, rows, terms), StridedMatrix.Of(y, terms, columns), one, adds: false);
            MatrixProduct.Multiply(StridedMatrix.Of(xt, terms, rows).Transposed, StridedMatrix.Of(yt, columns, terms).Transposed, other, adds: false);
        }
        transposed.ShouldBe(plain);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(192, 192)]
    [InlineData(193, 96)]
    [InlineData(382, 191)]
    [InlineData(383, 191)]
    [InlineData(384, 192)]
    [InlineData(5000, 192)]
    public void Few_terms_are_one_block_and_less_than_two_blocks_are_halves_without_the_odd_one(int terms, int block) => MatrixProduct.BlockOf(terms).ShouldBe(block);

    [Theory]
    [InlineData(16, 16, 16)]
    [InlineData(40, 33, 193)]
    [InlineData(33, 40, 257)]
    [InlineData(25, 70, 383)]
    [InlineData(64, 31, 382)]
    [InlineData(31, 64, 385)]
    [InlineData(128, 128, 784)]
    public void The_sums_are_those_of_the_library_where_ours_takes_its_place(int rows, int columns, int terms)
    {
        Assert.SkipUnless(ProductChoice.IsAmd, "The library has other kernels on this processor, and its product is used.");
        var (a, b) = (Numbers(rows * terms, 8), Numbers(terms * columns, 9));
        var (ours, theirs) = (new float[rows * columns], new float[rows * columns]);
        fixed (float* x = a, y = b, one = ours, other = theirs)
        {
            MatrixProduct.Multiply(StridedMatrix.Of(x, rows, terms), StridedMatrix.Of(y, terms, columns), one, adds: false);
            LibraryProduct.Multiply(StridedMatrix.Of(x, rows, terms), StridedMatrix.Of(y, terms, columns), other, adds: false);
        }
        ours.ShouldBe(theirs);
    }

    private static float[] Expected(float[] a, float[] b, float[] start, int rows, int columns, int terms, bool adds)
    {
        var sums = (float[])start.Clone();
        var block = MatrixProduct.BlockOf(terms);
        for (var i = 0; i < rows * columns; i++)
        {
            for (var from = 0; from < terms; from += block)
            {
                var sum = 0f;
                for (var k = from; k < Math.Min(terms, from + block); k++)
                    sum = MathF.FusedMultiplyAdd(a[(i / columns * terms) + k], b[(k * columns) + (i % columns)], sum);
                sums[i] = adds || from > 0 ? sums[i] + sum : sum;
            }
        }
        return sums;
    }

    private static float[] Turned(float[] matrix, int rows, int columns)
    {
        var turned = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
            turned[(i % columns * rows) + (i / columns)] = matrix[i];
        return turned;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextUnit()) - 1))];
    }
}

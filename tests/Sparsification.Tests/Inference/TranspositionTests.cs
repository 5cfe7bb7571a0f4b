using SparsePipeline.Sparsification.Inference;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Inference;

public sealed unsafe class TranspositionTests
{
    [Theory]
    [InlineData((int)VectorWidth.Portable)]
    [InlineData((int)VectorWidth.Bits256)]
    [InlineData((int)VectorWidth.Bits512)]
    public void Rows_become_columns_and_nothing_else_is_touched(int width) =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[0, 3], Gen.Int[0, 3]).Sample((rows, columns, moreColumns, moreRows) =>
        {
            var (sourceStride, targetStride) = (columns + moreColumns, rows + moreRows);
            float[] source = [.. Enumerable.Range(1, rows * sourceStride)];
            var target = new float[columns * targetStride];
            fixed (float* from = source, to = target)
                Transposition.Of(from, sourceStride, to, targetStride, rows, columns, (VectorWidth)width);
            for (var i = 0; i < target.Length; i++)
                target[i].ShouldBe(i % targetStride < rows ? source[(i % targetStride * sourceStride) + (i / targetStride)] : 0);
        });
}

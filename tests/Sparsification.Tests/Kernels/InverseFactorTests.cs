using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Kernels;

public sealed class InverseFactorTests
{
    [Fact]
    public void The_factor_of_a_matrix_worked_out_by_hand()
    {
        var factor = InverseFactor.Of([[4], [2, 2]])!;

        factor[0].ShouldBe([Math.Sqrt(0.5), -Math.Sqrt(0.5)], 1e-15);
        factor[1].ShouldBe([0, Math.Sqrt(0.5)], 1e-15);
    }

    [Fact]
    public void Factor_transposed_times_factor_times_matrix_is_the_identity() =>
        Gen.Double[-1, 1].Array[6].Array[6, 20].Sample(rows =>
        {
            // XXᵀ + 1 is positive definite.
            var matrix = rows.Select((a, i) => rows.Select((b, j) => a.Zip(b, (x, y) => x * y).Sum() + (i == j ? 1 : 0)).ToArray()).ToArray();
            var factor = InverseFactor.Of([.. matrix.Select((row, i) => row[..(i + 1)])])!;
            for (var i = 0; i < rows.Length; i++)
                for (var j = 0; j < rows.Length; j++)
                {
                    var product = Enumerable.Range(0, rows.Length).Sum(k => Enumerable.Range(0, rows.Length).Sum(l => factor[k][i] * factor[k][l] * matrix[l][j]));
                    product.ShouldBe(i == j ? 1 : 0, 1e-9);
                }
        });

    [Fact]
    public void A_matrix_that_is_not_positive_definite_has_none()
    {
        InverseFactor.Of([[1], [1, 1]]).ShouldBeNull();
        InverseFactor.Of([[1], [double.NaN, 1]]).ShouldBeNull();
    }
}

using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class SoupGeometryTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_corners_of_an_equilateral_triangle_stand_at_120_degrees()
    {
        var height = MathF.Sqrt(3);
        var geometry = SoupOperation.Measure([Point(0, 0), Point(2, 0), Point(1, height)]);

        geometry.Norms.ShouldBe([0, 2, 2], 1e-6);
        geometry.Distances[0].ShouldBe([0, 2, 2], 1e-6);
        geometry.Angles[1].ShouldBe([120, 0, 120], 1e-4);
        geometry.Radii.ShouldAllBe(r => Math.Abs(r - (2 / height)) < 1e-6);
    }

    [Fact]
    public void Identical_candidates_have_no_distance_and_no_angle()
    {
        var geometry = SoupOperation.Measure([Point(3, 4), Point(3, 4), Point(3, 4)]);

        geometry.RelativeSpread.ShouldBe(0);
        geometry.Angles.ShouldAllBe(row => row.All(a => a == 0));
    }

    [Fact]
    public void Distances_are_those_of_all_floating_point_tensors_together() =>
        Gen.Float[-1, 1].Array[200].Array[2].Sample(
            points =>
            {
                var paths = points.Select(p => _files.Write(("a.weight", [10, 10], p[..100]), ("b.bias", [100], p[100..]))).ToList();
                var expected = Math.Sqrt(points[0].Zip(points[1], (a, b) => ((double)a - b) * ((double)a - b)).Sum());
                SoupOperation.Measure(paths).Distances[0][1].ShouldBe(expected, 1e-9);
            },
            iter: 20,
            threads: 1);

    private string Point(float x, float y) => _files.Write(("a.weight", [1, 2], [x, y]));
}

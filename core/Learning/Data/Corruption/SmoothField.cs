namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>Random values from 0 to 1 that change slowly over a picture: uniform numbers on a coarse grid, interpolated between.</summary>
internal sealed class SmoothField
{
    private readonly Picture _grid;
    private readonly double _down;
    private readonly double _right;

    /// <param name="shape">The picture it lies over.</param>
    /// <param name="cells">Cells of the grid in each direction; it takes (cells + 1)² random numbers.</param>
    /// <param name="random">Where they come from.</param>
    public SmoothField(InputShape shape, int cells, SeededRandom random)
    {
        var corners = new InputShape(1, cells + 1, cells + 1);
        _grid = new Picture(corners, new double[corners.Size]).Map(_ => random.NextUnit());
        _down = (double)cells / Math.Max(1, shape.Height - 1);
        _right = (double)cells / Math.Max(1, shape.Width - 1);
    }

    public double At(int y, int x) => _grid.Between(0, y * _down, x * _right);
}

namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Divides the picture into fewer cells and gives each the mean of its pixels.</summary>
/// <remarks>
/// Of an 8×8 picture 7, 6, 5, 4 and 3 cells are left a side. With the levels of larger pictures it would be 3 and 2 at severities 4 and 5, and two cells that halve the picture evenly cost a
/// network no more than three that do not.
/// </remarks>
internal sealed class Pixelate() : CorruptionBase(
    Name,
    "Pixelation",
    "Use it for pictures that were small once",
    "resolution left, of the side",
    [0.75, 0.6, 0.5, 0.4, 0.25], small: [0.875, 0.75, 0.6, 0.5, 0.4])
{
    public const string Name = "pixelate";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var (rows, columns) = (Cells(picture.Shape.Height, level), Cells(picture.Shape.Width, level));
        return picture.Redraw((channel, y, x) =>
        {
            var ((top, bottom), (left, right)) = (Cell(y, picture.Shape.Height, rows), Cell(x, picture.Shape.Width, columns));
            var sum = 0.0;
            for (var row = top; row < bottom; row++)
                for (var column = left; column < right; column++)
                    sum += picture[channel, row, column];
            return sum / ((bottom - top) * (right - left));
        });
    }

    private static int Cells(int side, double level) => Math.Max(1, (int)Math.Floor(level * side + 0.5));

    /// <summary>Where the cell that a place belongs to begins, and where the next one does.</summary>
    private static (int From, int To) Cell(int place, int side, int cells)
    {
        var cell = place * cells / side;
        return (Start(cell), Start(cell + 1));

        int Start(int index) => (index * side + cells - 1) / cells;
    }
}

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>Moves of whole images.</summary>
internal static class ImageMoves
{
    /// <summary>Moves the image; what comes in is 0.</summary>
    /// <param name="pixels">The image, channel by channel.</param>
    /// <param name="changed">The moved image.</param>
    /// <param name="shape">Of both.</param>
    /// <param name="down">Rows, less than there are; negative moves up.</param>
    /// <param name="right">Columns, less than there are; negative moves left.</param>
    public static void Shift(ReadOnlySpan<byte> pixels, Span<byte> changed, InputShape shape, int down, int right)
    {
        changed.Clear();
        var width = shape.Width - Math.Abs(right);
        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            var target = row % shape.Height + down;
            if (target >= 0 && target < shape.Height)
                pixels.Slice(row * shape.Width + Math.Max(0, -right), width)
                    .CopyTo(changed[((row + down) * shape.Width + Math.Max(0, right))..]);
        }
    }

    /// <summary>Swaps left and right.</summary>
    public static void Mirror(Span<byte> image, InputShape shape)
    {
        for (var row = 0; row < shape.Channels * shape.Height; row++)
            image.Slice(row * shape.Width, shape.Width).Reverse();
    }
}

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
        var (rows, columns) = (shape.Height - Math.Abs(down), shape.Width - Math.Abs(right));
        var from = Math.Max(0, -down) * shape.Width + Math.Max(0, -right);
        var to = Math.Max(0, down) * shape.Width + Math.Max(0, right);
        for (var channel = 0; channel < pixels.Length; channel += shape.Height * shape.Width)
            for (var row = 0; row < rows * shape.Width; row += shape.Width)
                pixels.Slice(channel + row + from, columns).CopyTo(changed[(channel + row + to)..]);
    }

    /// <summary>Swaps left and right.</summary>
    public static void Mirror(Span<byte> image, InputShape shape)
    {
        for (var row = 0; row < shape.Channels * shape.Height; row++)
            image.Slice(row * shape.Width, shape.Width).Reverse();
    }
}

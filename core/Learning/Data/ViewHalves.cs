using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Makes two views of every image by cutting it in two: left and right, or upper and lower. Where the number of columns or rows is odd, the middle one is in neither.</summary>
/// <param name="across">Whether it is cut into upper and lower halves; into left and right ones otherwise.</param>
internal sealed class ViewHalves(bool across)
{
    /// <summary>All splits cut; means and deviations are those of whole images, whose pixels are standardised all alike.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: these are no images, or images of one column or row.</exception>
    public DataSplits Of(DataSplits data)
    {
        var shape = data.Shape;
        if (shape.Kind != DataKinds.Images || (across ? shape.Height : shape.Width) < 2)
            throw new DomainException(
                FailureCodes.InvalidOption, $"{shape} cannot be cut into {(across ? "upper and lower" : "left and right")} halves.", "Use images, or data with two views of every example.");
        return data with
        {
            Training = Of(data.Training),
            Validation = Of(data.Validation),
            Test = Of(data.Test),
            Shifts = new SortedDictionary<string, Examples>(data.Shifts.ToDictionary(s => s.Key, s => Of(s.Value)), StringComparer.Ordinal),
        };
    }

    private Examples Of(Examples split)
    {
        var whole = split.Shape;
        var half = across ? new InputShape(whole.Channels, whole.Height / 2, whole.Width) : new InputShape(whole.Channels, whole.Height, whole.Width / 2);
        var first = Cut(split, half, 0, 0);
        var second = Cut(split, half, whole.Height - half.Height, whole.Width - half.Width);
        var views = new Examples(half, first, targets: null).WithSecond(new Examples(half, second, targets: null));
        return split.Groups is { } groups ? views.WithGroups([.. groups]) : views;
    }

    private static ExampleValues<byte> Cut(Examples split, InputShape half, int top, int left)
    {
        var whole = split.Shape;
        var pixels = new byte[split.Count * half.Size];
        for (var (i, to) = (0, 0); i < split.Count; i++)
            for (var row = 0; row < half.Channels * half.Height; row++, to += half.Width)
            {
                var (channel, y) = (row / half.Height, row % half.Height + top);
                split.Pixels(i).Slice((channel * whole.Height + y) * whole.Width + left, half.Width).CopyTo(pixels.AsSpan(to));
            }

        return new ExampleValues<byte>(pixels, half.Size);
    }
}

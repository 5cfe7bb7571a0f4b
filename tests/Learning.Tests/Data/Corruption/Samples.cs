using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Digits;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

/// <summary>What the corruptions are tried on.</summary>
internal static class Samples
{
    /// <summary>The first 40 test digits, 1×8×8, values 0 to 16.</summary>
    public static Examples Digits { get; } =
        DataSets.Load(new DataSpec { Name = DigitsDataSet.Name }).Test.Select([.. Enumerable.Range(0, 40)]);

    /// <summary>Four colour pictures with sides that nothing divides: 3×13×10, a red ramp, green stripes and a blue square.</summary>
    public static Examples Colours { get; } = Draw(new InputShape(3, 13, 10), 4);

    public static Examples Of(InputShape shape, params byte[] pixels) => new(shape, pixels, new byte[pixels.Length / shape.Size]);

    private static Examples Draw(InputShape shape, int count) => Of(shape, [..
        from picture in Enumerable.Range(0, count)
        from channel in Enumerable.Range(0, shape.Channels)
        from y in Enumerable.Range(0, shape.Height)
        from x in Enumerable.Range(0, shape.Width)
        select channel switch
        {
            0 => (byte)(x * 255 / (shape.Width - 1)),
            1 => (byte)((y + picture) % 4 < 2 ? 220 : 30),
            _ => (byte)(Math.Abs(y - 6) + Math.Abs(x - 2 - picture) < 4 ? 255 : 0),
        }]);
}

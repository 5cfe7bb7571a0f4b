namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Rounds the cosine transform of every 8×8 block to the steps of the JPEG luminance table.</summary>
/// <remarks>Every channel is treated as luminance, and what does not fill a block continues the edge; entropy coding loses nothing and is left out.</remarks>
internal sealed class Jpeg() : CorruptionBase(
    Name,
    "JPEG quantisation",
    "Use it for pictures that were stored too small",
    "factor of the quantisation steps",
    [1, 1.6, 2.4, 3.5, 5])
{
    public const string Name = "jpeg";

    protected override Picture Apply(Picture picture, double level, SeededRandom random)
    {
        var blocks = new Dictionary<(int Channel, int Top, int Left), CosineBlock>();
        return picture.Redraw((channel, y, x) =>
        {
            var place = (channel, Top: y / CosineBlock.Side * CosineBlock.Side, Left: x / CosineBlock.Side * CosineBlock.Side);
            if (!blocks.TryGetValue(place, out var block))
                blocks.Add(place, block = CosineBlock.Quantised(picture, channel, place.Top, place.Left, level));
            return block[y - place.Top, x - place.Left];
        });
    }
}

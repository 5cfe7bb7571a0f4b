namespace SparsePipeline.Learning.Data.Corruption.Kinds;

/// <summary>Replaces a share of the values by black or white: salt and pepper.</summary>
internal sealed class ImpulseNoise() : CorruptionBase(
    Name,
    "Impulse noise",
    "Use it for dead and hot pixels",
    "share of values replaced",
    [0.03, 0.07, 0.13, 0.2, 0.3])
{
    public const string Name = "impulse-noise";

    protected override Picture Apply(Picture picture, double level, SeededRandom random) => picture.Map(v =>
    {
        var (hit, colour) = (random.NextUnit() < level, random.NextIndex(2));
        return hit ? colour : v;
    });
}

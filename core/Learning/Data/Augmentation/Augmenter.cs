using SparsePipeline.Contracts;
using SparsePipeline.Learning.Methods;

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>An augmentation with the random numbers of one epoch.</summary>
internal sealed class Augmenter
{
    private readonly IAugmentation _method;
    private readonly InputShape _shape;
    private readonly SeededRandom _random;
    private readonly byte[] _changed;

    private Augmenter(IAugmentation method, InputShape shape, long seed)
    {
        _method = method;
        _shape = shape;
        _random = new SeededRandom(seed);
        _changed = new byte[shape.Size];
    }

    /// <summary>The augmenter of an epoch, from (seed, epoch) alone; null for data that is not augmented.</summary>
    /// <exception cref="DomainException">The augmentation is unknown or works on another kind of data.</exception>
    public static Augmenter? ForEpoch(TrainSpec spec, InputShape shape, int epoch) => Find(spec, shape) is { } method
        ? new Augmenter(method, shape, SeedDerivation.Derive(spec.Seed, "augmentation", epoch))
        : null;

    /// <summary>The augmentation of a training, or null.</summary>
    /// <exception cref="DomainException">The augmentation is unknown or works on another kind of data.</exception>
    public static IAugmentation? Find(TrainSpec spec, InputShape shape)
    {
        if (spec.Data.Augmentation is not { } name)
            return null;
        var method = Augmentations.Registry.Find(name);
        DataKindCheck.Run(method.Info, shape);
        return method;
    }

    /// <summary>The changed example, valid until the next call.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> pixels)
    {
        _method.Apply(pixels, _changed, _shape, _random);
        return _changed;
    }
}

namespace SparsePipeline.Learning.Data;

/// <summary>Maps raw values to network inputs with zero mean and unit deviation over the training examples, all pixels pooled.</summary>
/// <remarks>This is the whole test-time transform; it is used for training, validation, recalibration and test alike.</remarks>
public sealed class Standardization
{
    private readonly float[] _inputs = new float[256];

    private Standardization(double mean, double deviation)
    {
        for (var value = 0; value < 256; value++)
            _inputs[value] = (float)((value - mean) / deviation);
    }

    /// <summary>Measures mean and deviation; a constant image set keeps a deviation of 1.</summary>
    public static Standardization Of(Examples training)
    {
        var histogram = new long[256];
        for (var i = 0; i < training.Count; i++)
            foreach (var value in training.Pixels(i))
                histogram[value]++;
        double count = Math.Max(1, histogram.Sum());
        var mean = histogram.Select((n, value) => n * (double)value).Sum() / count;
        var variance = histogram.Select((n, value) => n * (value - mean) * (value - mean)).Sum() / count;
        return new Standardization(mean, variance > 0 ? Math.Sqrt(variance) : 1);
    }

    /// <summary>Writes the inputs of one example.</summary>
    /// <param name="pixels">One channel after the other.</param>
    /// <param name="inputs">One pixel after the other.</param>
    /// <param name="channels">Of the image.</param>
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> inputs, int channels)
    {
        var positions = pixels.Length / channels;
        for (var channel = 0; channel < channels; channel++)
            for (var (from, to) = (channel * positions, channel); to < inputs.Length; from++, to += channels)
                inputs[to] = _inputs[pixels[from]];
    }
}

using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>
/// Maps raw values to network inputs with zero mean and unit deviation over the training examples: all pixels of images pooled, every column
/// of a table on its own.
/// </summary>
/// <remarks>This is the whole test-time transform; it is used for training, validation, recalibration and test alike.</remarks>
public sealed class Standardization
{
    private readonly float[] _inputs = new float[256];
    private readonly (double Mean, double Deviation)[] _columns;

    private Standardization(params (double Mean, double Deviation)[] columns)
    {
        _columns = columns;
        for (var value = 0; value < 256; value++)
            _inputs[value] = (float)((value - columns[0].Mean) / columns[0].Deviation);
    }

    /// <summary>Measures mean and deviation; what is constant keeps a deviation of 1.</summary>
    public static Standardization Of(Examples training) => training.Shape.Kind == DataKinds.Numbers
        ? new([.. Enumerable.Range(0, training.Shape.Size).Select(column => Column(training, column))])
        : training.IsBytes ? OfPixels(training) : new((0, 1));

    /// <summary>The same of rows whose columns are centred one by one and divided all by one number, so that the mean of ‖x‖² is the number of columns.</summary>
    public static Standardization AlikeOf(Examples training)
    {
        var columns = Enumerable.Range(0, training.Shape.Size).Select(column => Moments(training, column)).ToList();
        var deviation = Deviation(columns.Average(c => c.Variance));
        return new([.. columns.Select(c => (c.Mean, deviation))]);
    }

    private static Standardization OfPixels(Examples training)
    {
        var histogram = new long[256];
        for (var i = 0; i < training.Count; i++)
            foreach (var value in training.Pixels(i))
                histogram[value]++;
        double count = Math.Max(1, histogram.Sum());
        var mean = histogram.Select((n, value) => n * (double)value).Sum() / count;
        var variance = histogram.Select((n, value) => n * (value - mean) * (value - mean)).Sum() / count;
        return new Standardization((mean, Deviation(variance)));
    }

    private static (double Mean, double Deviation) Column(Examples training, int column)
    {
        var (mean, variance) = Moments(training, column);
        return (mean, Deviation(variance));
    }

    private static (double Mean, double Variance) Moments(Examples training, int column)
    {
        var values = Enumerable.Range(0, training.Count).Select(i => (double)training.Numbers(i)[column]);
        var mean = values.DefaultIfEmpty().Average();
        return (mean, values.Select(v => (v - mean) * (v - mean)).DefaultIfEmpty().Average());
    }

    /// <summary>All channels of images have the same two.</summary>
    private IReadOnlyList<double> PerChannel(InputShape shape, Func<(double Mean, double Deviation), double> part) => shape.Kind switch
    {
        DataKinds.Text => [],
        DataKinds.Numbers => [.. _columns.Select(part)],
        _ => [.. Enumerable.Repeat(part(_columns[0]), shape.Channels)],
    };

    private static double Deviation(double variance) => variance > 0 ? Math.Sqrt(variance) : 1;

    /// <summary>What is subtracted from the raw values, per channel or column; nothing from text.</summary>
    public IReadOnlyList<double> Means(InputShape shape) => PerChannel(shape, c => c.Mean);

    /// <summary>What they are divided by then.</summary>
    public IReadOnlyList<double> Deviations(InputShape shape) => PerChannel(shape, c => c.Deviation);

    /// <summary>Writes the inputs of one row of numbers.</summary>
    public void Apply(ReadOnlySpan<float> numbers, Span<float> inputs)
    {
        for (var i = 0; i < numbers.Length; i++)
            inputs[i] = (float)((numbers[i] - _columns[i].Mean) / _columns[i].Deviation);
    }

    /// <summary>Writes the inputs of one image.</summary>
    /// <param name="pixels">One channel after the other.</param>
    /// <param name="inputs">One pixel after the other.</param>
    /// <param name="channels">Of the image.</param>
    /// <remarks>Optimised from the first call: a training of small images spends its first second here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<byte> pixels, Span<float> inputs, int channels)
    {
        if (inputs.Length < pixels.Length)
            throw new ArgumentException($"{inputs.Length} inputs cannot take {pixels.Length} pixels.", nameof(inputs));
        var positions = pixels.Length / channels;
        var done = StandardizationKernel.Apply(pixels, inputs, channels, _columns[0].Mean, _columns[0].Deviation);
        for (var channel = 0; channel < channels; channel++)
        {
            var to = done * channels + channel;
            foreach (var value in pixels.Slice(channel * positions + done, positions - done))
            {
                inputs[to] = _inputs[value];
                to += channels;
            }
        }
    }
}

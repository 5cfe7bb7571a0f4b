using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>A corruption with one number per severity.</summary>
/// <param name="name">In kebab-case.</param>
/// <param name="title">What it is called.</param>
/// <param name="useWhen">The start of the sentence "Use it …", without full stop.</param>
/// <param name="parameter">What the numbers are, with their unit.</param>
/// <param name="levels">The number of each severity, mildest first.</param>
/// <param name="paper">Its source.</param>
/// <param name="small">
/// The numbers for pictures below <see cref="SmallSide"/>, where those of larger ones would leave nothing to recognise; null where they are the same.
/// </param>
internal abstract class CorruptionBase(
    string name, string title, string useWhen, string parameter, double[] levels, string paper = CorruptionBase.CommonCorruptions, double[]? small = null) : ICorruption
{
    /// <summary>Pictures of which a side is shorter, in pixels, are small.</summary>
    internal const int SmallSide = 16;

    protected const string CommonCorruptions =
        "Hendrycks, Dietterich: Benchmarking Neural Network Robustness to Common Corruptions and Perturbations, ICLR 2019, arXiv 1903.12261";

    protected const string MnistC = "Mu, Gilmer: MNIST-C: A Robustness Benchmark for Computer Vision, 2019, arXiv 1906.02337";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Corruption,
        Name = name,
        Title = title,
        UseWhen = $"{useWhen}; {parameter}: {List(levels)} for severities 1 to 5{(small is null ? "" : $", and {List(small)} for pictures with a side below {SmallSide} pixels")}.",
        Paper = paper,
    };

    public Picture Apply(Picture picture, int severity, SeededRandom random) => Apply(picture, (picture.Side < SmallSide ? small ?? levels : levels)[severity - 1], random);

    private static string List(double[] numbers) => string.Join(", ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc cref="ICorruption.Apply"/>
    /// <param name="picture">Left as it is.</param>
    /// <param name="level">The number of the severity.</param>
    /// <param name="random">The example's own stream.</param>
    protected abstract Picture Apply(Picture picture, double level, SeededRandom random);
}

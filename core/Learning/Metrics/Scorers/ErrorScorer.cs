using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics.Scorers;

/// <summary>
/// Measures real outputs against what they should be: the mean squared error, and the explained variance 1 − Σ(o − y)² / Σ(y − ȳ)² with ȳ the mean of each
/// number over the split. Several networks predict the mean of their outputs.
/// </summary>
/// <param name="size">Numbers per example.</param>
/// <param name="truth">What they should be, [n, size] or [n].</param>
internal sealed class ErrorScorer(int size, Func<Batch, torch.Tensor> truth) : IScorer
{
    public const string MeanSquaredError = "mean-squared-error";
    public const string ExplainedVariance = "explained-variance";

    /// <summary>What it says, the deciding one first.</summary>
    public static IReadOnlyList<MeasureInfo> Measures { get; } =
    [
        new(MeanSquaredError, "mean squared error", FigureInfo.Real, HigherIsBetter: false),
        new(ExplainedVariance, "explained variance", FigureInfo.Share, HigherIsBetter: true),
    ];

    private readonly double[] _sums = new double[size];
    private readonly double[] _squares = new double[size];
    private readonly List<float> _errors = [];

    /// <summary>Examples taken in.</summary>
    public int Examples { get; private set; }

    /// <summary>Σ|o − y|.</summary>
    public double Absolute { get; private set; }

    /// <summary>Σ(o − y)².</summary>
    public double Squared { get; private set; }

    /// <summary>Mean of (o − y)² over examples and numbers.</summary>
    public double Error => Squared / ((double)Examples * size);

    /// <summary>Null where the truth does not vary.</summary>
    public double? Explained => _squares.Zip(_sums, (squares, sum) => squares - sum * sum / Examples).Sum() is > 0 and var variance ? 1 - Squared / variance : null;

    public void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch)
    {
        var all = outputs.Select(o => HostMemory.Values<float>(o.contiguous()).ToArray()).ToList();
        var wanted = HostMemory.Values<float>(truth(batch).contiguous());
        for (var (i, before) = (0, Squared); i < wanted.Length; i++)
        {
            Add(Mean(all, i), wanted[i], i % size);
            if ((i + 1) % size != 0)
                continue;
            _errors.Add((float)((Squared - before) / size));
            before = Squared;
        }

        Examples += wanted.Length / size;
    }

    /// <summary>Of every example the mean of (o − y)² over its numbers.</summary>
    public IReadOnlyList<float> Values() => _errors;

    public SplitReport Report() => new()
    {
        Examples = Examples,
        Loss = Error,
        Primary = MeanSquaredError,
        Metrics = Figures([(MeanSquaredError, Error), (ExplainedVariance, Explained)]),
    };

    /// <summary>Figures by name, those that are not defined left out.</summary>
    public static SortedDictionary<string, double> Figures(IEnumerable<(string Name, double? Value)> figures) =>
        new(figures.Where(f => f.Value is not null).ToDictionary(f => f.Name, f => f.Value!.Value), StringComparer.Ordinal);

    private void Add(double output, double wanted, int number)
    {
        if (!double.IsFinite(output))
            throw new DomainException(
                FailureCodes.NotFinite, $"The network's output {number} for example {Examples} or one after it is {output}.", "Use a checkpoint from before the training diverged.");
        var error = output - wanted;
        Squared += error * error;
        Absolute += Math.Abs(error);
        _sums[number] += wanted;
        _squares[number] += wanted * wanted;
    }

    private static double Mean(List<float[]> outputs, int position)
    {
        if (outputs.Count == 1)
            return outputs[0][position];
        var sum = 0.0;
        foreach (var network in outputs)
            sum += network[position];
        return sum / outputs.Count;
    }
}

using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Measures a network on the validation split after every epoch, without leaving a trace in it.</summary>
/// <remarks>
/// A forward pass costs about a third of an update, so with at most a third as many examples as are trained on, this costs about a tenth
/// of an epoch. Of a larger split every n-th example is taken, always the same ones.
/// </remarks>
internal sealed class ValidationCurve
{
    private const int Least = 64;
    private const int BatchSize = 256;
    private const int BatchPositions = 4096;
    private readonly BatchReader _reader;
    private readonly int[][] _batches;
    private readonly int _positions;
    private readonly List<ValidationPoint> _points = [];

    public ValidationCurve(DataSplits data)
    {
        _reader = new BatchReader(data.Validation, data.Inputs);
        _positions = data.Validation.Shape.Positions;
        var available = data.Validation.Count;
        Examples = Math.Min(available, Math.Max(Least, data.Training.Count / 3));
        _batches = [.. Enumerable.Range(0, Examples).Select(i => (int)((long)i * available / Examples))
            .Chunk(Math.Clamp(BatchPositions / _positions, 1, BatchSize))];
    }

    /// <summary>Examples measured.</summary>
    public int Examples { get; }

    /// <summary>One point per epoch.</summary>
    public IReadOnlyList<ValidationPoint> Points => _points;

    public LearningCurve Curve => new(Examples, [.. _points]);

    /// <summary>Measures after an epoch; the network is left in evaluation mode.</summary>
    public void Add(torch.nn.Module<torch.Tensor, torch.Tensor> network)
    {
        network.eval();
        using var off = torch.no_grad();
        var (loss, right) = (0.0, 0.0);
        foreach (var batch in _batches)
        {
            using var scope = torch.NewDisposeScope();
            var (inputs, labels) = _reader.Read(batch);
            var logits = Logits.Of(network, inputs);
            loss += Sum(torch.nn.functional.cross_entropy(logits, labels, reduction: torch.nn.Reduction.Sum));
            right += Sum(logits.argmax(1).eq(labels).sum());
        }

        var predictions = (double)Examples * _positions;
        _points.Add(double.IsFinite(loss) ? new(_points.Count + 1, loss / predictions, right / predictions) : new(_points.Count + 1, null, null));
    }

    /// <summary>Goes on from what was measured before.</summary>
    public void Resume(IReadOnlyList<ValidationPoint> points)
    {
        _points.Clear();
        _points.AddRange(points);
    }

    private static double Sum(torch.Tensor value) => HostMemory.Read<double>(value.to(torch.ScalarType.Float64));
}

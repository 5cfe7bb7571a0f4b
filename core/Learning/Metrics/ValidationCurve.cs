using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;
using SparsePipeline.Learning.Tasks.Kinds;
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
    private readonly DataSplits _data;
    private readonly BatchReader _reader;
    private readonly int[][] _batches;
    private readonly int _positions;
    private Examples? _examples;
    private readonly List<ValidationPoint> _points = [];

    public ValidationCurve(DataSplits data)
    {
        _data = data;
        _reader = new BatchReader(data.Validation, data);
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
        var epoch = _points.Count + 1;
        _points.Add((_data.Task is ClassTask task ? OfClasses(task, network, epoch) : OfTask(network, epoch)) ?? new(epoch, null, null));
    }

    private ValidationPoint? OfClasses(ClassTask task, torch.nn.Module<torch.Tensor, torch.Tensor> network, int epoch)
    {
        network.eval();
        using var off = torch.no_grad();
        var (loss, right) = (0.0, 0.0);
        foreach (var indices in _batches)
        {
            using var scope = torch.NewDisposeScope();
            var batch = _reader.Read(indices);
            var logits = task.Predict(network, batch);
            loss += Sum(torch.nn.functional.cross_entropy(logits, batch.Targets!, reduction: torch.nn.Reduction.Sum));
            right += Sum(logits.argmax(1).eq(batch.Targets!).sum());
        }

        var predictions = (double)Examples * _positions;
        return double.IsFinite(loss) ? task.Point(epoch, loss / predictions, right / predictions) : null;
    }

    private ValidationPoint? OfTask(torch.nn.Module<torch.Tensor, torch.Tensor> network, int epoch)
    {
        _examples ??= _data.Validation.Select([.. _batches.SelectMany(b => b)]);
        try
        {
            var report = Scoring.Score(network, _examples, _data);
            return new(epoch, report.Loss, null) { Measure = report.Measure };
        }
        catch (DomainException notFinite) when (notFinite.Failure.Code == FailureCodes.NotFinite)
        {
            return null;
        }
    }

    /// <summary>Goes on from what was measured before.</summary>
    public void Resume(IReadOnlyList<ValidationPoint> points)
    {
        _points.Clear();
        _points.AddRange(points);
    }

    private static double Sum(torch.Tensor value) => HostMemory.Read<double>(value.to(torch.ScalarType.Float64));
}

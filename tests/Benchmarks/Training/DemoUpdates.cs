using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Loop;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>The updates of the demo's pretraining (recipes/sms-digits.yaml), epoch after epoch, without what comes after an epoch.</summary>
internal sealed class DemoUpdates : IDisposable
{
    public const int BatchSize = 32;

    private static readonly DataSplits _data = DataSets.Load(Data());

    private readonly TrainSpec _spec;
    private readonly TrainingSession _session;
    private readonly BatchOrder _order;
    private readonly int _epochs;

    /// <param name="epochs">Per call of <see cref="Run"/>.</param>
    /// <param name="hooks">That act on every update.</param>
    public DemoUpdates(int epochs, params MethodSpec[] hooks)
    {
        _epochs = epochs;
        _spec = Spec(hooks);
        _session = new TrainingSession(new TrainingInputs { Spec = _spec, Data = _data });
        _session.Network.train();
        _order = new BatchOrder(_data.Training.Count, BatchSize, _spec.Seed);
    }

    /// <summary>Done by one call of <see cref="Run"/>.</summary>
    public int Updates => _epochs * _order.BatchesPerEpoch;

    public void Run()
    {
        using var sum = torch.zeros(1, torch.ScalarType.Float64);
        for (var epoch = 0; epoch < _epochs; epoch++)
        {
            var augmenter = Augmenter.ForEpoch(_spec, _data.Shape, epoch);
            _session.Updates.Effects?.EpochBegins(epoch);
            foreach (var batch in _order.Epoch(epoch))
                _session.Updates.Run(batch, augmenter, 0, sum);
        }
    }

    public void Dispose() => _session.Dispose();

    private static DataSpec Data() => new() { Name = "digits", Validation = 0.2 };

    private static TrainSpec Spec(MethodSpec[] hooks) => new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = new ModelSpec { Name = "mlp", Options = new MethodOptions { ["hidden"] = JsonSerializer.SerializeToElement(new[] { 256, 128 }) } },
        Data = Data() with { Augmentation = "shift" },
        Epochs = 1000,
        Seed = 1,
        Schedule = MethodSpec.Of("constant"),
        PeakLearningRate = 1e-3,
        WeightDecay = 5e-4,
        BatchSize = BatchSize,
        Hooks = hooks.Length == 0 ? null : [.. hooks],
    };
}

using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Loop;

namespace SparsePipeline.Benchmarks;

/// <summary>Images of noise, and a training on them: what a network does with a batch does not depend on what is in it.</summary>
internal sealed class InventedImages : IDisposable
{
    private const int Batch = 128;
    private readonly TrainSpec _spec;
    private readonly DataSplits _data;
    private readonly TrainingSession _session;
    private readonly BatchReader _reader;

    /// <param name="model">The network to train.</param>
    /// <param name="shape">Of the images.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="augmentation">Or null.</param>
    public InventedImages(string model, InputShape shape, int count, string? augmentation)
    {
        var pixels = new byte[count * shape.Size];
        new Random(1).NextBytes(pixels);
        var examples = new Examples(shape, pixels, [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
        _data = new DataSplits
        {
            Classes = 10,
            Training = examples,
            Validation = examples,
            Test = examples,
            Shifts = new Dictionary<string, Examples>(),
            Inputs = Standardization.Of(examples),
        };
        _spec = new TrainSpec
        {
            AlgorithmVersion = TrainSpec.CurrentVersion,
            Model = new ModelSpec { Name = model },
            Data = new DataSpec { Name = "idx", Augmentation = augmentation },
            Epochs = 10_000,
            BatchSize = Batch,
            Seed = 1,
            Schedule = MethodSpec.Of("constant"),
            PeakLearningRate = 1e-4,
        };
        _session = new TrainingSession(new TrainingInputs { Spec = _spec, Data = _data });
        _reader = new BatchReader(examples, _data.Inputs);
    }

    public int Count => _data.Training.Count;

    /// <summary>Values of all images.</summary>
    public int Values => Count * _data.Shape.Size;

    /// <summary>Trains on every image once, reading included.</summary>
    public void Train() => _session.RunEpoch(CancellationToken.None);

    /// <summary>Reads every image once, in the order of a training, as its batches.</summary>
    public void Read()
    {
        var augmenter = Augmenter.ForEpoch(_spec, _data.Shape, 0);
        foreach (var batch in new BatchOrder(Count, Batch, _spec.Seed).Epoch(0))
        {
            var read = _reader.Read(batch, augmenter);
            read.Inputs.Dispose();
            read.Targets!.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();
}

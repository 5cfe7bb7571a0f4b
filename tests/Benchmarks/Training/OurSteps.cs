using System.Collections.Immutable;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Benchmarks;

/// <summary>Training as a runner does it: batches read from bytes, forward, loss, backward, SGD under a mask that prunes every second weight.</summary>
internal sealed class OurSteps : IDisposable
{
    private readonly TrainingSession _session;

    public OurSteps(StepCase work, int steps)
    {
        var data = MadeUpData.For(work, steps);
        _session = new TrainingSession(new TrainingInputs { Spec = Spec(work), Data = data, Mask = EverySecond(work, data) });
    }

    /// <summary>One epoch of all steps.</summary>
    public void Run() => _session.RunEpoch(CancellationToken.None);

    public void Dispose() => _session.Dispose();

    private static TrainSpec Spec(StepCase work) => new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = work.Spec,
        Data = new DataSpec { Name = "digits" },
        Epochs = 1000,
        Seed = 1,
        Schedule = MethodSpec.Of("constant"),
        PeakLearningRate = 1e-3,
        WeightDecay = 5e-4,
        BatchSize = work.Batch,
        Precision = work.Precision,
    };

    private static SparsityMask EverySecond(StepCase work, DataSplits data)
    {
        using var network = Networks.Build(work.Spec, data);
        return new SparsityMask(network.named_parameters()
            .Where(p => p.parameter.dim() > 1)
            .Select(p => Half(p.name, [.. p.parameter.shape]))
            .ToList());
    }

    private static TensorMask Half(string name, ImmutableArray<long> shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var words = Enumerable.Repeat(0x5555_5555_5555_5555UL, (int)((count + 63) / 64)).ToArray();
        if (count % 64 != 0)
            words[^1] &= (1UL << (int)(count % 64)) - 1;
        return new TensorMask(name, shape, [.. words]);
    }
}

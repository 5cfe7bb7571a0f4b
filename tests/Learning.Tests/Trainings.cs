using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Digits;
using SparsePipeline.Learning.Loop;

namespace SparsePipeline.Learning.Tests;

/// <summary>Short trainings on the digits.</summary>
internal static class Trainings
{
    public static DataSpec Digits { get; } = new() { Name = DigitsDataSet.Name, Validation = 0.2 };

    public static DataSplits Data { get; } = DataSets.Load(Digits);

    public static TrainSpec Spec { get; } = new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = ModelSpecs.Mlp(16),
        Data = Digits,
        Epochs = 3,
        Seed = 7,
        Schedule = MethodSpec.Of("linear"),
        PeakLearningRate = 0.1,
        WeightDecay = 1e-4,
    };

    public static TrainingInputs Inputs(TrainSpec spec, string? checkpoint = null, SparsityMask? mask = null, TrainReport? dense = null) =>
        new() { Spec = spec, Data = Data, Checkpoint = checkpoint, Mask = mask, DenseReport = dense };

    public static TrainingOutcome Run(TrainingInputs inputs, string checkpoint)
    {
        using var session = new TrainingSession(inputs);
        while (!session.IsFinished)
            session.RunEpoch(CancellationToken.None);
        return session.Finish(checkpoint);
    }
}

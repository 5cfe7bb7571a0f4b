using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Loop.Averaging;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Schedules;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>
/// One training, epoch by epoch. Interrupted at any epoch end and resumed it ends in the same bytes as an undisturbed one
/// on the same machine with the same number of threads. Not thread-safe, and bound to the thread it runs on: no await in between.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly TrainingInputs _inputs;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly IOptimizer _optimizer;
    private readonly GradientClip? _clip;
    private readonly WeightAverage? _average;
    private readonly TrainingLoss _loss;
    private readonly BatchReader _reader;
    private readonly BatchOrder _order;
    private readonly LearningRatePlan _rates;
    private readonly ValidationCurve _validation;
    private readonly List<EpochReport> _epochs = [];

    /// <summary>Prepares the first epoch.</summary>
    /// <exception cref="DomainException">The spec, the checkpoint or the mask is refused.</exception>
    public TrainingSession(TrainingInputs inputs)
    {
        var spec = inputs.Spec;
        TrainSpecCheck.Run(spec, inputs.Data.Shape);
        Augmenter.Find(spec, inputs.Data.Shape);
        _inputs = inputs;
        _reader = new BatchReader(inputs.Data.Training, inputs.Data.Inputs);
        _validation = new ValidationCurve(inputs.Data);
        _order = new BatchOrder(inputs.Data.Training.Count, spec.BatchSize, spec.Seed);
        var rates = LearningRatePlanner.Plan(spec, inputs.DenseReport, _order.BatchesPerEpoch);
        _network = StartNetwork(inputs);
        _optimizer = Optimizers.Create(spec, _network, inputs.Mask);
        _clip = spec.ClipNorm is { } limit ? new GradientClip(_network, limit, inputs.Mask) : null;
        _loss = new TrainingLoss(spec.LabelSmoothing, spec.Precision);
        _average = spec.Averaging is { } method ? new WeightAverage(method, _network, new(rates.Rates.Length, _order.BatchesPerEpoch, spec.Epochs)) : null;
        _rates = _average?.Rates(rates) ?? rates;
    }

    /// <summary>With the weights so far.</summary>
    internal torch.nn.Module<torch.Tensor, torch.Tensor> Network => _network;

    /// <summary>Epochs done.</summary>
    public int CompletedEpochs => _epochs.Count;

    public bool IsFinished => CompletedEpochs == _inputs.Spec.Epochs;

    /// <summary>Share of the epochs done, in [0, 1].</summary>
    public double Progress => (double)CompletedEpochs / _inputs.Spec.Epochs;

    /// <summary>For people, for example <c>epoch 3/10, loss 0.214</c>.</summary>
    public string Describe() =>
        $"epoch {CompletedEpochs}/{_inputs.Spec.Epochs}" + (_epochs.Count > 0 ? $", loss {_epochs[^1].TrainingLoss:F3}" : "");

    /// <summary>Trains one epoch.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.Diverged"/>: the loss is not finite any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two updates; the session is of no more use.</exception>
    public void RunEpoch(CancellationToken cancellationToken)
    {
        _network.train();
        // Dropout draws from torch's own generator, of which a resume point holds nothing.
        torch.manual_seed(SeedDerivation.Derive(_inputs.Spec.Seed, "generator", CompletedEpochs));
        var iteration = CompletedEpochs * _order.BatchesPerEpoch;
        var augmenter = Augmenter.ForEpoch(_inputs.Spec, _inputs.Data.Shape, CompletedEpochs);
        var mixup = Mixup.ForEpoch(_inputs.Spec, CompletedEpochs);
        using var sum = torch.zeros(1, torch.ScalarType.Float64);
        var examples = 0;
        foreach (var batch in _order.Epoch(CompletedEpochs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Update(batch, augmenter, mixup?.Next(batch.Length), iteration++, sum);
            examples += batch.Length;
        }
        AddEpoch(MemoryMarshal.Read<double>(sum.bytes) / examples);
        _validation.Add(_network);
    }

    /// <summary>Does the first and the last update of the first epoch, whose batch may be short. The session is of no more use for training.</summary>
    internal void TryUpdates()
    {
        _network.train();
        using var sum = torch.zeros(1, torch.ScalarType.Float64);
        var (augmenter, mixup) = (Augmenter.ForEpoch(_inputs.Spec, _inputs.Data.Shape, 0), Mixup.ForEpoch(_inputs.Spec, 0));
        int[][] batches = [.. _order.Epoch(0)];
        foreach (var batch in new[] { batches[0], batches[^1] })
            Update(batch, augmenter, mixup?.Next(batch.Length), 0, sum);
    }

    /// <summary>Writes what is needed to go on from here.</summary>
    public void SaveResumePoint(string path) => ResumePoint.Save(path, _inputs.Spec, State(), _epochs, _validation.Points);

    /// <summary>Goes on from a resume point of the same step.</summary>
    /// <exception cref="DomainException">The file is corrupt or belongs to another step.</exception>
    public void Resume(string path)
    {
        var (epochs, validation) = ResumePoint.Load(path, _inputs.Spec, State());
        _epochs.Clear();
        _epochs.AddRange(epochs);
        _validation.Resume(validation);
    }

    /// <summary>Averages if the spec says so, recalibrates, scores and writes the checkpoint of a finished training, once.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.Diverged"/>, or the recalibration share is below one batch.</exception>
    public TrainingOutcome Finish(string checkpoint) =>
        TrainingEnd.Run(_inputs, _network, checkpoint, Report() with { Averaging = _average?.Finish() }) with { Curve = _validation.Curve };

    public void Dispose()
    {
        _average?.Dispose();
        _clip?.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> StartNetwork(TrainingInputs inputs)
    {
        var network = inputs.Checkpoint is { } file
            ? Networks.Load(inputs.Spec.Model, inputs.Data, file, inputs.Script)
            : Networks.Build(inputs.Spec.Model, inputs.Data, inputs.Script);
        if (inputs.Checkpoint is null)
            Initialization.Start(network, inputs.Spec.Seed);
        if (inputs.Mask is { } mask)
            MaskCheck.Run(network, mask);
        return network;
    }

    /// <summary>One dispose scope per update, and the loss stays in the library until the epoch ends: reading it would wait for it.</summary>
    private void Update(int[] batch, Augmenter? augmenter, Mixture? mixture, int iteration, torch.Tensor sum)
    {
        using var scope = torch.NewDisposeScope();
        var (inputs, labels) = _reader.Read(batch, augmenter);
        var loss = _loss.Of(_network, inputs, labels, mixture);
        loss.backward();
        _clip?.Apply();
        _optimizer.Step(_rates.Rates[iteration]);
        _average?.Update(iteration + 1);
        using var examples = batch.Length.ToScalar();
        sum.add_(loss.detach(), examples);
    }

    private TrainingState State() => new(_network, _optimizer, _average);

    private void AddEpoch(double loss)
    {
        if (!double.IsFinite(loss))
            throw Divergence.Error($"the training loss of epoch {CompletedEpochs + 1} is {loss}");
        _epochs.Add(new EpochReport(CompletedEpochs + 1, loss));
    }

    internal TrainReport Report() => new()
    {
        LearningRates = _rates.Rates,
        IterationsPerEpoch = _order.BatchesPerEpoch,
        WarmupIterations = _rates.WarmupIterations,
        Epochs = [.. _epochs],
    };
}

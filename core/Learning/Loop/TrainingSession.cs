using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
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
    private readonly TrainingUpdates _updates;
    private readonly BatchOrder _order;
    private readonly ValidationCurve _validation;
    private readonly List<EpochReport> _epochs = [];
    private bool _ended;

    /// <summary>Prepares the first epoch.</summary>
    /// <exception cref="DomainException">The spec, the checkpoint, the mask or a hook is refused.</exception>
    public TrainingSession(TrainingInputs inputs)
    {
        var spec = inputs.Spec;
        TrainSpecCheck.Run(spec, inputs.Data);
        Augmenter.Find(spec, inputs.Data.Shape);
        _inputs = inputs;
        _validation = new ValidationCurve(inputs.Data);
        _order = new BatchOrder(inputs.Data.Training.Count, spec.BatchSize, spec.Seed);
        var rates = LearningRatePlanner.Plan(spec, inputs.DenseReport, _order.BatchesPerEpoch);
        _network = StartNetwork(inputs);
        _updates = new TrainingUpdates(inputs, _network, rates, _order.BatchesPerEpoch);
    }

    /// <summary>With the weights so far.</summary>
    internal torch.nn.Module<torch.Tensor, torch.Tensor> Network => _network;

    /// <summary>With the masks so far.</summary>
    internal TrainingUpdates Updates => _updates;

    /// <summary>Epochs done.</summary>
    public int CompletedEpochs => _epochs.Count;

    /// <summary>Whether all epochs are done, or a hook has ended the training.</summary>
    public bool IsFinished => _ended || CompletedEpochs == _inputs.Spec.Epochs;

    /// <summary>Share of the epochs done, in [0, 1].</summary>
    public double Progress => IsFinished ? 1 : (double)CompletedEpochs / _inputs.Spec.Epochs;

    /// <summary>For people, for example <c>epoch 3/10, loss 0.214</c>; with the time that hooks took so far, where it is measured.</summary>
    public string Describe() =>
        $"epoch {CompletedEpochs}/{_inputs.Spec.Epochs}" + (_epochs.Count > 0 ? $", loss {_epochs[^1].TrainingLoss:F3}" : "") + Costs() + (_ended ? ", ended by a hook" : "");

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
        _updates.Effects?.EpochBegins(CompletedEpochs);
        using var sum = NewSum();
        var examples = 0;
        foreach (var batch in _order.Epoch(CompletedEpochs))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _updates.Run(batch, augmenter, iteration++, sum);
            examples += batch.Length;
        }
        AddEpoch(HostMemory.Read<double>(sum) / examples);
        _validation.Add(_network);
        _ended = _updates.Effects?.EpochEnded(new(iteration, _order.BatchesPerEpoch, _inputs.Spec.Epochs), new EpochScores(_network, _inputs.Data)) ?? false;
    }

    /// <summary>Does the first and the last update of the first epoch, whose batch may be short. The session is of no more use for training.</summary>
    internal void TryUpdates()
    {
        if (_updates.Rates.Rates.Length == 0)
            return;
        _network.train();
        using var sum = NewSum();
        var augmenter = Augmenter.ForEpoch(_inputs.Spec, _inputs.Data.Shape, 0);
        _updates.Effects?.EpochBegins(0);
        int[][] batches = [.. _order.Epoch(0)];
        foreach (var batch in new[] { batches[0], batches[^1] })
            _updates.Run(batch, augmenter, 0, sum);
    }

    /// <summary>Writes what is needed to go on from here.</summary>
    public void SaveResumePoint(string path) => ResumePoint.Save(path, _inputs.Spec, _updates.State, _epochs, _validation.Points, _ended);

    /// <summary>Goes on from a resume point of the same step.</summary>
    /// <exception cref="DomainException">The file is corrupt or belongs to another step.</exception>
    public void Resume(string path)
    {
        var (epochs, validation, ended) = ResumePoint.Load(path, _inputs.Spec, _updates.State);
        _epochs.Clear();
        _epochs.AddRange(epochs);
        _validation.Resume(validation);
        _ended = ended;
    }

    /// <summary>Averages if the spec says so, recalibrates, scores and writes the checkpoint of a finished training, once.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.Diverged"/>, or the recalibration share is below one batch.</exception>
    public TrainingOutcome Finish(string checkpoint)
    {
        var finish = new TrainingFinish(Report());
        _updates.Effects?.Finish(finish, CompletedEpochs * _order.BatchesPerEpoch);
        return TrainingEnd.Run(_inputs, _updates.Masks, _network, checkpoint, finish) with { Curve = _validation.Curve };
    }

    public void Dispose()
    {
        _updates.Dispose();
        _network.Dispose();
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> StartNetwork(TrainingInputs inputs)
    {
        var network = inputs.Checkpoint is { } file
            ? Networks.Load(inputs.Spec.Model, inputs.Data, file, inputs.Script)
            : Networks.Build(inputs.Spec.Model, inputs.Data, inputs.Script);
        Autocast.Ensure(network, inputs.Spec.Precision, Autocast.CanConvolve);
        if (inputs.Checkpoint is null)
            Initialization.Start(network, inputs.Spec.Seed);
        if (inputs.Mask is { } mask)
            MaskCheck.Run(network, mask);
        if (inputs.Ceiling is { } ceiling)
            MaskCheck.Run(network, ceiling);
        return network;
    }

    private static torch.Tensor NewSum() => torch.zeros(1, torch.ScalarType.Float64, ComputeDevice.Current);

    private void AddEpoch(double loss)
    {
        if (!double.IsFinite(loss))
            throw Divergence.Error($"the training loss of epoch {CompletedEpochs + 1} is {loss}");
        _epochs.Add(new EpochReport(CompletedEpochs + 1, loss));
    }

    private string Costs() => string.Concat((_updates.Effects?.Listed ?? []).Where(e => e.Spent > TimeSpan.Zero).Select(e => $", {e.Name} {e.Spent.TotalSeconds:F1} s"));

    /// <summary>The log; of a training that a hook has ended only the rates it has used, so that retrainings take theirs from those.</summary>
    internal TrainReport Report() => new()
    {
        LearningRates = _ended ? _updates.Rates.Rates[..(CompletedEpochs * _order.BatchesPerEpoch)] : _updates.Rates.Rates,
        IterationsPerEpoch = _order.BatchesPerEpoch,
        WarmupIterations = _ended ? Math.Min(_updates.Rates.WarmupIterations, CompletedEpochs * _order.BatchesPerEpoch - 1) : _updates.Rates.WarmupIterations,
        Epochs = [.. _epochs],
    };
}

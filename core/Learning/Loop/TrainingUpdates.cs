using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Loop.Transforms;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using SparsePipeline.Learning.Schedules;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>The updates of one training: network, masks, optimiser, and whatever acts on them besides.</summary>
internal sealed class TrainingUpdates : IDisposable
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly IDirectGradients? _direct;
    private readonly BatchReader _reader;
    private readonly TrainingMasks _masks;
    private readonly IOptimizer _optimizer;
    private readonly TrainingLoss _loss;
    private readonly TrainingEffects? _effects;
    private readonly TrainingPosition _end;

    /// <summary>Ready for the first update.</summary>
    /// <param name="inputs">The training.</param>
    /// <param name="network">With its start weights; pruned ones become zero.</param>
    /// <param name="plan">The rates of its schedule.</param>
    /// <param name="updatesPerEpoch">At least 1.</param>
    /// <exception cref="DomainException">The optimiser or a hook is unknown, has a wrong option or does not go with the training.</exception>
    public TrainingUpdates(TrainingInputs inputs, torch.nn.Module<torch.Tensor, torch.Tensor> network, LearningRatePlan plan, int updatesPerEpoch)
    {
        var spec = inputs.Spec;
        _network = network;
        _direct = network as IDirectGradients;
        if (_direct is not null)
            _direct.IsDirect = true;
        _reader = new BatchReader(inputs.Data.Training, inputs.Data);
        _masks = new TrainingMasks(network, inputs.Mask, inputs.Ceiling);
        var transform = NetworkTransforms.Begin(spec, _masks);
        _optimizer = Optimizers.Create(spec, _masks);
        _loss = new TrainingLoss(inputs.Data.Task, spec.LabelSmoothing, spec.Precision);
        _end = new TrainingPosition(plan.Rates.Length, updatesPerEpoch, spec.Epochs);
        _effects = TrainingEffects.Begin(
            new TrainingContext { Spec = spec, Network = network, Masks = _masks, Optimizer = _optimizer, Data = inputs.Data, Loss = _loss, End = _end, Transform = transform }, inputs.Time);
        Rates = _effects?.Rates(plan) ?? plan;
    }

    /// <summary>The learning rates, those a hook has changed too.</summary>
    public LearningRatePlan Rates { get; }

    public TrainingMasks Masks => _masks;

    public TrainingEffects? Effects => _effects;

    /// <summary>All tensors a training goes on from.</summary>
    public TrainingState State => new(_network, _optimizer, _masks, _effects);

    /// <summary>One dispose scope per update, and on a device the loss stays there until the epoch ends: reading it would wait for it.</summary>
    /// <param name="indices">Examples of the training split.</param>
    /// <param name="augmenter">Changes them; null for none.</param>
    /// <param name="iteration">Number of the update, from 0.</param>
    /// <param name="sum">Gets the sum of the losses added.</param>
    public void Run(int[] indices, Augmenter? augmenter, int iteration, torch.Tensor sum)
    {
        using var scope = torch.NewDisposeScope();
        var batch = _reader.Read(indices, augmenter);
        var loss = _effects is null ? Update(batch, Rates.Rates[iteration]) : Update(_effects, batch, iteration);
        AddTo(sum, loss, indices.Length);
    }

    public void Dispose()
    {
        _effects?.Dispose();
        _optimizer.Dispose();
        _masks.Dispose();
    }

    /// <summary>A loss of 24 bits times the size of a batch is exact in 64, so that both ways have the same bits.</summary>
    private static void AddTo(torch.Tensor sum, torch.Tensor loss, int examples)
    {
        if (HostMemory.Holds(sum) && loss.dtype == torch.ScalarType.Float32)
        {
            HostMemory.Span<double>(sum)[0] += examples * (double)HostMemory.Span<float>(loss)[0];
            return;
        }

        using var scalar = examples.ToScalar();
        sum.add_(loss.detach(), scalar);
    }

    private torch.Tensor Update(Batch batch, double rate)
    {
        var loss = _loss.Of(_loss.Predict(_network, batch), batch);
        Backward(loss);
        _optimizer.Step(rate);
        return loss;
    }

    private torch.Tensor Update(TrainingEffects effects, Batch batch, int iteration)
    {
        batch = effects.Batch(batch);
        var loss = Backward(effects, batch);
        var rate = Rates.Rates[iteration];
        var update = new TrainingUpdate(_end with { Update = iteration + 1 }, rate, batch, () => Backward(effects, batch));
        if (effects.Prepare(update))
            _masks.DropGradients();
        else
            _optimizer.Step(rate);
        effects.Updated(update);
        return loss;
    }

    private torch.Tensor Backward(TrainingEffects effects, Batch batch)
    {
        var outputs = _loss.Predict(_network, batch);
        var loss = effects.Loss(_loss.Of(outputs, batch), batch, outputs);
        Backward(loss);
        return loss;
    }

    private void Backward(torch.Tensor loss)
    {
        loss.backward();
        _direct?.Backward();
    }
}

using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using SparsePipeline.Learning.Schedules;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>The running average of a network's weights and BatchNorm statistics.</summary>
/// <remarks>Pruned weights are +0 at every moment, and so is their average.</remarks>
internal sealed class WeightAverage : TrainingEffect
{
    private const string Average = "average/";

    private readonly record struct Slot(string Name, torch.Tensor Current, torch.Tensor Mean, bool IsWeight);

    private readonly IAveraging _method;
    private readonly OptionValues _options;
    private readonly TrainingPosition _end;
    private readonly List<Slot> _slots = [];

    /// <summary>An average of nothing yet.</summary>
    /// <exception cref="DomainException">The method is unknown, or an option is wrong.</exception>
    public WeightAverage(MethodSpec method, torch.nn.Module network, TrainingPosition end)
    {
        _method = Averagings.Registry.Find(method);
        _options = new OptionValues(_method.Info, method.Options);
        _end = end;
        foreach (var (name, weight) in TiedWeights.Parameters(network))
            _slots.Add(new Slot(name, weight, torch.zeros(weight.shape, device: weight.device), IsWeight: true));
        foreach (var (name, statistic) in network.named_buffers().Where(b => b.buffer.is_floating_point()))
            _slots.Add(new Slot(name, statistic, torch.zeros(statistic.shape, device: statistic.device), IsWeight: false));
    }

    /// <summary>The averages, by the name they have in resume points.</summary>
    public override IReadOnlyDictionary<string, torch.Tensor> State => _slots.ToDictionary(s => Average + s.Name, s => s.Mean);

    /// <summary>The learning rates of the training.</summary>
    public override LearningRatePlan Rates(LearningRatePlan plan) => _method.Rates(plan, _end, _options);

    /// <summary>Takes in the weights after an update, if the method wants them. Call it inside the step's dispose scope.</summary>
    /// <param name="update">Counted from 1.</param>
    public void Update(int update)
    {
        var share = _method.Share(_end with { Update = update }, _options);
        if (share == 0)
            return;
        using var off = torch.no_grad();
        var weight = torch.tensor(new[] { (float)share }, device: _slots[0].Mean.device);
        foreach (var slot in _slots)
            slot.Mean.lerp_(slot.Current, weight);
    }

    /// <summary>Makes the network the average, unless the training ended before anything was averaged.</summary>
    /// <param name="updates">Updates that were done.</param>
    public AveragingReport? Finish(int updates)
    {
        using var off = torch.no_grad();
        var members = Members(updates);
        if (members == 0)
            return null;
        var distance = Distance();
        foreach (var slot in _slots)
            slot.Current.copy_(slot.Mean);
        return new AveragingReport(_method.Info.Name, members, distance);
    }

    public override void Updated(TrainingUpdate update) => Update(update.At.Update);

    public override void Finish(TrainingFinish finish) =>
        finish.Report = finish.Report with { Averaging = Finish(finish.Report.Epochs.Count * _end.UpdatesPerEpoch) };

    public override void Dispose()
    {
        _slots.ForEach(s => s.Mean.Dispose());
        base.Dispose();
    }

    /// <summary>‖w − w̄‖ / ‖w‖; 0 for a network of zeros.</summary>
    private double Distance()
    {
        var (moved, length) = (0.0, 0.0);
        foreach (var slot in _slots.Where(s => s.IsWeight))
        {
            var current = HostMemory.Values<float>(slot.Current);
            var mean = HostMemory.Values<float>(slot.Mean);
            for (var i = 0; i < current.Length; i++)
            {
                var difference = (double)current[i] - mean[i];
                moved += difference * difference;
                length += (double)current[i] * current[i];
            }
        }
        return length == 0 ? 0 : Math.Sqrt(moved / length);
    }

    private int Members(int updates) => Enumerable.Range(1, updates).Count(u => _method.Share(_end with { Update = u }, _options) > 0);
}

using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop.Hooks;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>Mixes the examples of every update in pairs, inputs and losses: see <see cref="Mixup"/>.</summary>
internal sealed class MixupEffect(TrainSpec spec, TrainingLoss loss) : TrainingEffect
{
    private Mixup? _mixup;
    private Mixture? _mixture;

    public override void EpochBegins(int epoch) => _mixup = Mixup.ForEpoch(spec, epoch);

    public override Batch Batch(Batch batch)
    {
        _mixture = _mixup!.Next(batch.Index.Length);
        return batch with { Inputs = _mixture.Mix(batch.Inputs) };
    }

    public override torch.Tensor Loss(torch.Tensor own, Batch batch, torch.Tensor outputs) =>
        _mixture!.Mix(own, loss.Of(outputs, batch with { Targets = _mixture.PartnersOf(batch.Targets!) }));
}

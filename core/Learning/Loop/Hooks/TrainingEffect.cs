using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Schedules;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks;

/// <summary>
/// What a hook does to one training. Effects are asked in the order of the list on the way in, up to the update, and in reverse order on the way
/// out, from <see cref="Updated"/> on: what wraps unwinds. All but <see cref="Batch"/> and <see cref="Loss"/> is called without gradients and
/// inside the update's dispose scope.
/// </summary>
/// <remarks>
/// An effect depends on the seed, the position and what it keeps in <see cref="State"/> alone: a training that is interrupted after any epoch ends
/// in the same bytes.
/// </remarks>
internal abstract class TrainingEffect : IDisposable
{
    private static readonly Dictionary<string, torch.Tensor> Nothing = [];

    /// <summary>Everything it goes on from, floats or 64-bit integers, by the name it has in resume points; the tensors themselves are filled when a training is resumed.</summary>
    public virtual IReadOnlyDictionary<string, torch.Tensor> State => Nothing;

    /// <summary>The learning rates of the training.</summary>
    public virtual LearningRatePlan Rates(LearningRatePlan plan) => plan;

    /// <summary>An epoch begins; epochs count from 0. What is done here is followed by updates; what is done at the end of an epoch may be followed by none.</summary>
    public virtual void EpochBegins(int epoch)
    {
    }

    /// <summary>The examples of an update, before the forward pass.</summary>
    public virtual Batch Batch(Batch batch) => batch;

    /// <summary>The loss that is minimised, before the backward pass.</summary>
    /// <param name="loss">So far.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="outputs">What the network says of them.</param>
    public virtual torch.Tensor Loss(torch.Tensor loss, Batch batch, torch.Tensor outputs) => loss;

    /// <summary>
    /// Whether it has done something in place of this update, such as moving the mask: then no weight moves, and no other effect is asked.
    /// Gradients are those of the loss, pruned positions too.
    /// </summary>
    public virtual bool ReplacesUpdate(TrainingUpdate update) => false;

    /// <summary>May change the gradients before the update; those of pruned positions move nothing.</summary>
    public virtual void Gradients(TrainingUpdate update)
    {
    }

    /// <summary>The weights have moved, or another effect has replaced the update.</summary>
    public virtual void Updated(TrainingUpdate update)
    {
    }

    /// <summary>Whether <see cref="EpochEnded"/> may ever end the training.</summary>
    public virtual bool MayEnd => false;

    /// <summary>An epoch is over; true ends the training.</summary>
    /// <param name="at">Its last update.</param>
    /// <param name="scores">Measures the network.</param>
    public virtual bool EpochEnded(TrainingPosition at, EpochScores scores) => false;

    /// <summary>The training is over; may change the weights, and adds to the report.</summary>
    public virtual void Finish(TrainingFinish finish)
    {
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

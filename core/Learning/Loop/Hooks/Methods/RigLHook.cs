using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks.Methods;

/// <summary>
/// Moves the mask of every layer at regular intervals: the smallest kept weights are dropped, and as many grow where the gradient of the loss is
/// largest. The number of weights of every layer stays.
/// </summary>
/// <remarks>
/// Evci, Gale, Menick, Castro, Elsen, "Rigging the Lottery", ICML 2020, arXiv 1911.11134, and the authors' code. In place of update t = ΔT, 2ΔT, … before
/// the share <c>until</c> of the training, a layer of k weights drops ⌊k · α/2 · (1 + cos(π t / T_end))⌋ by |w| and grows as many by |∂L/∂w| among all that
/// are then not kept, those just dropped too; these keep their value. Weights that come anew start at 0, and what the optimiser remembers of weights that
/// come or go is forgotten. Where another hook may end the training, a move at the end of an epoch takes the place of the next update. Unlike the authors' code no noise decides between equal scores, but the lower index, and update 0 moves nothing.
/// O(n log n) per move; needs gradients of pruned weights, which every backward pass has.
/// </remarks>
internal sealed class RigLHook : ITrainingHook
{
    public const string Name = "rigl";
    private const string Interval = "interval";
    private const string Fraction = "fraction";
    private const string Until = "until";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Hook,
        Name = Name,
        Title = "RigL: a mask that follows the gradients",
        UseWhen = "Use it to train at a fixed sparsity from the start, or to let a retraining correct the mask it is given; it costs a sort of every layer per interval.",
        Paper = "Evci, Gale, Menick, Castro, Elsen: Rigging the Lottery: Making All Tickets Winners, ICML 2020, arXiv 1911.11134",
        Needs = MethodNeeds.MovesMask,
        Options =
        [
            .. SparseStart.Options,
            OptionInfo.Integer(Interval, "Updates from one move of the mask to the next; a move takes the place of an update.", 100, minimum: 1, maximum: 1_000_000),
            OptionInfo.Number(Fraction, "Share of the kept weights that the first moves exchange; it falls to 0 along a cosine.", 0.3, minimum: 0, maximum: 1),
            OptionInfo.Number(Until, "Share of the training after which the mask stays.", 0.75, minimum: 0.01, maximum: 1),
        ],
    };

    public MethodOptions Neutral { get; } = new() { [Fraction] = JsonSerializer.SerializeToElement(0.0) };

    public TrainingEffect Begin(TrainingContext context, OptionValues options)
    {
        SparseStart.Begin(context, Info, options);
        return new Effect(context, options.Integer(Interval), options.Number(Fraction), options.Number(Until));
    }

    /// <summary>The mask after a move.</summary>
    /// <param name="weight">Weights of one layer.</param>
    /// <param name="gradient">Of all of them, pruned ones too.</param>
    /// <param name="kept">1 where kept, 0 elsewhere.</param>
    /// <param name="share">Share of the kept weights that is dropped.</param>
    /// <param name="ceiling">True where a weight may grow; null where any may.</param>
    /// <returns>As many kept as before, or null when none are dropped.</returns>
    internal static torch.Tensor? Moved(torch.Tensor weight, torch.Tensor gradient, torch.Tensor kept, double share, torch.Tensor? ceiling = null)
    {
        var count = HostMemory.Read<long>(kept.count_nonzero());
        var dropped = (long)(count * share);
        if (dropped == 0)
            return null;
        var stay = Ranking.Largest(Ranking.Where(weight.abs(), kept.to_type(torch.ScalarType.Bool)), count - dropped);
        return stay.add_(Ranking.Largest(Ranking.Where(gradient.abs(), MaskedWeight.Open(stay, ceiling)), dropped), KeptScalars.One);
    }

    private sealed class Effect(TrainingContext context, int interval, double fraction, double until) : TrainingEffect
    {
        /// <summary>Moves so far, and weights that came anew.</summary>
        private readonly torch.Tensor _counts = torch.zeros(2, torch.ScalarType.Int64).DetachFromDisposeScope();

        public override IReadOnlyDictionary<string, torch.Tensor> State => new Dictionary<string, torch.Tensor> { ["counts"] = _counts };

        public override bool ReplacesUpdate(TrainingUpdate update)
        {
            if (Due(update) is not { } position)
                return false;
            var share = fraction / 2 * (1 + Math.Cos(Math.PI * position / until));
            var moved = false;
            foreach (var weight in context.Masks.Masked)
                moved |= Move(weight, share);
            if (moved)
                HostMemory.Span<long>(_counts)[0]++;
            return moved;
        }

        /// <summary>
        /// The share of the training at which a move is due now, or null. After the last update of an epoch another hook may end the training, and what had just
        /// grown would be stored untrained: such a move takes the place of the next update.
        /// </summary>
        private double? Due(TrainingUpdate update)
        {
            var (now, before) = (update.At, update.At with { Update = update.At.Update - 1 });
            if (IsDue(now))
                return update.MayEnd && now.EndsEpoch ? null : now.Share;
            return update.MayEnd && before.EndsEpoch && IsDue(before) ? before.Share : null;
        }

        private bool IsDue(TrainingPosition at) => at.Update > 0 && at.Update % interval == 0 && at.Share < until;

        public override void Finish(TrainingFinish finish)
        {
            finish.Figures["moves"] = HostMemory.Span<long>(_counts)[0];
            finish.Figures["grown"] = HostMemory.Span<long>(_counts)[1];
        }

        public override void Dispose()
        {
            _counts.Dispose();
            base.Dispose();
        }

        private bool Move(MaskedWeight weight, double share)
        {
            using var scope = torch.NewDisposeScope();
            if (weight.Weight.grad is not { } gradient || Moved(weight.Weight, gradient, weight.Kept!, share, weight.Ceiling) is not { } kept)
                return false;
            var changed = weight.Move(kept);
            context.Optimizer.Reset(weight.Name, changed);
            HostMemory.Span<long>(_counts)[1] += HostMemory.Read<long>(changed.count_nonzero()) / 2;
            return true;
        }
    }
}

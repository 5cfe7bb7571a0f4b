using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks.Methods;

/// <summary>
/// Moves the mask before every epoch but the first: every layer drops its smallest weights, and as many grow in all where the optimiser's momentum is
/// largest, most of them in layers whose kept weights have much of it. The number of weights of the network stays, that of a layer does not.
/// </summary>
/// <remarks>
/// Dettmers, Zettlemoyer, "Sparse Networks from Scratch", arXiv 1907.04840, and the authors' code. After update t of T a layer of k weights drops ⌈p·k⌉
/// by |w|, p = p₀/100 + (p₀ − p₀/100)/2 · (1 + cos(π t/T)); one that is less than a fifth sparse and has more than the average share of the momentum
/// drops at most its own sparsity. What was dropped grows again in shares of the mean |momentum| of each layer's kept weights, none above 99 % of the
/// places there are, the excess evenly over the others. The authors correct what rounding adds or loses over the next epochs; here every move
/// keeps the exact number. Weights that come anew start at 0 and without momentum. Gradients of pruned weights flow into the momentum
/// all the time. O(n log n) per epoch.
/// </remarks>
internal sealed class SparseMomentumHook : ITrainingHook
{
    public const string Name = "sparse-momentum";
    private const string Fraction = "fraction";
    private const double Least = 0.01;
    private const double FairlyDense = 0.2;
    private const double MostRegrown = 0.99;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Hook,
        Name = Name,
        Title = "Sparse momentum: a mask that follows the momentum",
        UseWhen = "Use it to train at a fixed sparsity from the start when layers shall share the weights by how much they still learn; it costs a sort of every layer per epoch.",
        Paper = "Dettmers, Zettlemoyer: Sparse Networks from Scratch: Faster Training without Losing Performance, 2019, arXiv 1907.04840",
        Needs = MethodNeeds.MovesMask,
        Traits = MethodTraits.MovesBetweenLayers,
        Options =
        [
            .. SparseStart.Options,
            OptionInfo.Number(Fraction, "Share of every layer's weights that the first moves exchange; it falls to a hundredth along a cosine.", 0.5, minimum: 0, maximum: 1),
        ],
    };

    public MethodOptions Neutral { get; } = new() { [Fraction] = JsonSerializer.SerializeToElement(0.0) };

    public TrainingEffect Begin(TrainingContext context, OptionValues options)
    {
        SparseStart.Begin(context, Info, options);
        context.Masks.FeedMoments = options.Number(Fraction) > 0;
        return new Effect(context, options.Number(Fraction));
    }

    /// <summary>Splits weights that are to grow over layers, in proportion to their strength, up to 99 % of the room each has.</summary>
    /// <param name="total">Weights to grow, at most all the room.</param>
    /// <param name="strength">Mean momentum of each layer's kept weights, at least 0.</param>
    /// <param name="room">Places of each layer where a weight may grow.</param>
    internal static long[] Shares(long total, double[] strength, long[] room)
    {
        double[] caps = [.. room.Select(r => Math.Floor(MostRegrown * r))];
        if (caps.Sum() < total)
            caps = [.. room.Select(r => (double)r)];
        var sum = strength.Sum();
        double[] wanted = [.. strength.Select(s => sum > 0 ? total * s / sum : (double)total / strength.Length)];
        while (wanted.Zip(caps, (w, c) => Math.Max(0, w - c)).Sum() is > 1e-9 and var excess)
        {
            wanted = [.. wanted.Zip(caps, (w, c) => Math.Min(w, c))];
            var open = Enumerable.Range(0, wanted.Length).Where(l => wanted[l] < caps[l]).ToList();
            if (open.Count == 0)
                break;
            open.ForEach(l => wanted[l] += excess / open.Count);
        }

        return Rounded(total, wanted, caps);
    }

    /// <summary>Whole numbers that add up, by the largest remainders; of equal ones the earlier layer.</summary>
    private static long[] Rounded(long total, double[] wanted, double[] caps)
    {
        long[] shares = [.. wanted.Zip(caps, (w, c) => (long)Math.Floor(Math.Min(w, c) + 1e-9))];
        while (shares.Sum() < total)
        {
            var next = Enumerable.Range(0, shares.Length).Where(l => shares[l] < caps[l]).MaxBy(l => wanted[l] - shares[l]);
            shares[next]++;
        }

        return shares;
    }

    /// <summary>One layer at a move.</summary>
    private sealed record Layer(MaskedWeight Weight, torch.Tensor Momentum, long Kept, double Strength, long Room)
    {
        public long Zeros => Weight.Weight.numel() - Kept;

        public static Layer Of(MaskedWeight weight, torch.Tensor direction)
        {
            var momentum = direction.abs();
            var kept = HostMemory.Read<long>(weight.Kept!.count_nonzero());
            return new(weight, momentum, kept, HostMemory.Read<float>(momentum.mul(weight.Kept).sum()) / Math.Max(1.0, kept), HostMemory.Read<long>(weight.Open(weight.Kept).count_nonzero()));
        }

        /// <summary>Weights to drop.</summary>
        public long Dropped(double fraction, double average)
        {
            var sparsity = (double)Zeros / (Zeros + Kept);
            return (long)Math.Ceiling((sparsity < FairlyDense && Strength > average ? Math.Min(sparsity, fraction) : fraction) * Kept);
        }
    }

    private sealed class Effect(TrainingContext context, double fraction) : TrainingEffect
    {
        /// <summary>Moves so far, and weights that came anew.</summary>
        private readonly torch.Tensor _counts = torch.zeros(2, torch.ScalarType.Int64).DetachFromDisposeScope();

        public override IReadOnlyDictionary<string, torch.Tensor> State => new Dictionary<string, torch.Tensor> { ["counts"] = _counts };

        // Not at the end of the epoch before: another hook may end the training there, and what has grown would stay untrained.
        public override void EpochBegins(int epoch)
        {
            var done = context.End with { Update = epoch * context.End.UpdatesPerEpoch };
            if (fraction > 0 && epoch > 0)
                Move(fraction * (Least + (1 - Least) / 2 * (1 + Math.Cos(Math.PI * done.Share))));
        }

        public override void Finish(TrainingFinish finish)
        {
            finish.Figures["moves"] = HostMemory.Span<long>(_counts)[0];
            finish.Figures["grown"] = HostMemory.Span<long>(_counts)[1];
            foreach (var weight in context.Masks.Masked)
                finish.Figures[$"density/{weight.Name}"] = HostMemory.Read<long>(weight.Kept!.count_nonzero()) / (double)weight.Weight.numel();
        }

        public override void Dispose()
        {
            _counts.Dispose();
            base.Dispose();
        }

        private void Move(double share)
        {
            using var scope = torch.NewDisposeScope();
            Layer[] layers = [.. context.Masks.Masked.Select(w => Layer.Of(w, context.Optimizer.Direction(w.Name)))];
            var average = layers.Average(l => l.Strength);
            long[] dropped = [.. layers.Select(l => l.Dropped(share, average))];
            var grown = Shares(dropped.Sum(), [.. layers.Select(l => l.Strength)], [.. layers.Zip(dropped, (l, d) => l.Room + d)]);
            for (var i = 0; i < layers.Length; i++)
                Move(layers[i], layers[i].Kept - dropped[i], grown[i]);
            HostMemory.Span<long>(_counts)[0]++;
        }

        private void Move(Layer layer, long stay, long grow)
        {
            var weight = layer.Weight;
            var kept = Ranking.Largest(Ranking.Where(weight.Weight.abs(), weight.Kept!.to_type(torch.ScalarType.Bool)), stay);
            kept.add_(Ranking.Largest(Ranking.Where(layer.Momentum, weight.Open(kept)), grow), KeptScalars.One);
            var anew = weight.Move(kept).logical_and(kept.to_type(torch.ScalarType.Bool));
            context.Optimizer.Reset(weight.Name, anew);
            HostMemory.Span<long>(_counts)[1] += HostMemory.Read<long>(anew.count_nonzero());
        }
    }
}

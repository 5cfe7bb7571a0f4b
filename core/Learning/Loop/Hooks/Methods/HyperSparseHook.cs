using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks.Methods;

/// <summary>
/// Pulls weights towards zero the harder the smaller they are, ever harder from epoch to epoch, until a copy cut to the target sparsity fits the
/// training data as well as the network itself: then the training ends, and the cut that follows costs little.
/// </summary>
/// <remarks>
/// Glandorf, Kaiser, Rosenhahn, "HyperSparse Neural Networks: Shifting Exploration to Exploitation through Adaptive Regularization", ICCVW 2023, arXiv
/// 2308.07163, and the authors' code. With κ the smallest magnitude a global cut to the target sparsity keeps and s = 0.6585/κ, the gradient of weight j gets
/// λ · sgn(w_j) · s/cosh²(s·w_j) · Σ|w| / Σtanh(s|w|), λ = λ₀·η^(epochs since the warm-up); the value of the penalty is 0 and only its gradient matters.
/// The stop rule (ART): after each epoch from the warm-up on, the network and a copy cut globally by magnitude are measured on the training split; the
/// training ends when the largest mean of the last 2b + 1 accuracies of the copies exceeds that of the network, or is 1. Both are scored alike, without
/// augmentation, mixup and dropout; the authors' code takes the network's accuracy over the epoch's updates. Where the cut would remove nothing that is
/// not zero already there is nothing to decide. Unlike the authors' code, which goes on from the copy in the middle of those, what is cut is the network
/// of the last epoch, since cutting is a step of its own. The published λ₀ is for hundreds of epochs; for tens, λ has to reach about 3e-3 at the end.
/// O(n) per update, and two passes over the training split per epoch to decide.
/// </remarks>
internal sealed class HyperSparseHook : ITrainingHook
{
    public const string Name = "hyper-sparse";
    private const string Sparsity = "sparsity";
    private const string Strength = "strength";
    private const string Growth = "growth";
    private const string WarmUp = "warmUpEpochs";
    private const string Stops = "stops";
    private const string Buffer = "buffer";

    /// <summary>Where the second derivative of tanh is largest in magnitude.</summary>
    private const double Bend = 0.6585;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Hook,
        Name = Name,
        Title = "HyperSparse with adaptive regularised training (ART)",
        UseWhen = "Use it in the pretraining before one cut to an extreme sparsity, with strength and growth chosen so that their product over the epochs reaches about 3e-3.",
        Paper = "Glandorf, Kaiser, Rosenhahn: HyperSparse Neural Networks: Shifting Exploration to Exploitation through Adaptive Regularization, ICCVW 2023, arXiv 2308.07163",
        Needs = MethodNeeds.TrainedWeights,
        Options =
        [
            OptionInfo.Number(Sparsity, "The sparsity of the cut that follows.", 0.9, minimum: 0.01, maximum: 0.9999),
            OptionInfo.Number(Strength, "λ₀: strength of the pull in the first epoch after the warm-up; 0 does nothing.", 5e-6, minimum: 0, maximum: 10),
            OptionInfo.Number(Growth, "η: factor by which the strength grows per epoch.", 1.05, minimum: 1, maximum: 100),
            OptionInfo.Integer(WarmUp, "Epochs without pull at the start.", 0, minimum: 0, maximum: 100_000),
            OptionInfo.Boolean(Stops, "Whether the training ends when the cut would cost nothing; otherwise all its epochs are done.", standard: true),
            OptionInfo.Integer(Buffer, "b: the accuracies of the last 2b + 1 epochs are averaged before they decide.", 1, minimum: 0, maximum: 100),
        ],
    };

    public MethodOptions Neutral { get; } = new() { [Strength] = JsonSerializer.SerializeToElement(0.0) };

    public TrainingEffect Begin(TrainingContext context, OptionValues options) => new Effect(context, options);

    /// <summary>The penalty's gradient for every weight at λ = 1.</summary>
    /// <param name="weights">All prunable weights.</param>
    /// <param name="sparsity">Target of the cut.</param>
    internal static IReadOnlyList<torch.Tensor> Gradient(IReadOnlyList<torch.Tensor> weights, double sparsity)
    {
        var all = torch.cat([.. weights.Select(w => w.flatten())]).abs_();
        using var bend = Bend.ToScalar();
        // A κ of 0 would be infinitely steep: what is to be cut is zero already then, and nothing is pulled.
        using var tiny = 1e-30.ToScalar();
        var (kept, _) = all.kthvalue((long)Math.Floor(sparsity * all.numel()) + 1, 0);
        var steepness = kept.clamp_min(tiny).reciprocal().mul_(bend);
        var factor = all.sum().div(all.mul(steepness).tanh_().sum()).mul_(steepness);
        return [.. weights.Select(w => Slope(w.mul(steepness)).mul_(factor).mul_(w.sign()))];
    }

    /// <summary>1/cosh², in place.</summary>
    private static torch.Tensor Slope(torch.Tensor x) => x.tanh_().mul_(x).neg_().add_(KeptScalars.One, KeptScalars.One);

    private sealed class Effect : TrainingEffect
    {
        private readonly IReadOnlyList<MaskedWeight> _weights;
        private readonly OptionValues _options;

        /// <summary>The accuracies of the last copies, the latest first.</summary>
        private readonly torch.Tensor _accuracies;

        /// <summary>How many of those there are, their largest mean so far, and the epoch after which it was found.</summary>
        private readonly torch.Tensor _found;

        public Effect(TrainingContext context, OptionValues options)
        {
            _options = options;
            _weights = context.Masks.Prunable;
            _accuracies = torch.zeros(2 * options.Integer(Buffer) + 1).DetachFromDisposeScope();
            _found = torch.zeros(3).DetachFromDisposeScope();
        }

        public override IReadOnlyDictionary<string, torch.Tensor> State => new Dictionary<string, torch.Tensor> { ["accuracies"] = _accuracies, ["found"] = _found };

        private bool IsOff => _options.Number(Strength) == 0;

        private bool Decides => !IsOff && _options.Boolean(Stops);

        public override void Gradients(TrainingUpdate update)
        {
            var epoch = (update.At.Update - 1) / update.At.UpdatesPerEpoch - _options.Integer(WarmUp);
            if (IsOff || epoch < 0)
                return;
            using var scope = torch.NewDisposeScope();
            using var strength = (_options.Number(Strength) * Math.Pow(_options.Number(Growth), epoch)).ToScalar();
            var pulls = Gradient([.. _weights.Select(w => w.Weight)], _options.Number(Sparsity));
            foreach (var (weight, pull) in _weights.Zip(pulls))
                weight.Weight.grad?.add_(pull, strength);
        }

        public override bool MayEnd => Decides;

        public override bool EpochEnded(TrainingPosition at, EpochScores scores)
        {
            if (!Decides || at.Epoch <= _options.Integer(WarmUp) || Cut(() => scores.Training().Accuracy) is not { } accuracy)
                return false;
            var copies = HostMemory.Span<float>(_accuracies);
            copies[..^1].CopyTo(copies[1..]);
            copies[0] = (float)accuracy;
            var found = HostMemory.Span<float>(_found);
            found[0] = Math.Min(found[0] + 1, copies.Length);
            var mean = Mean(copies[..(int)found[0]]);
            if (mean > found[1])
                (found[1], found[2]) = (mean, at.Epoch);
            return found[1] >= 1 || found[1] > (float)scores.Training().Accuracy;
        }

        public override void Finish(TrainingFinish finish)
        {
            finish.Figures["cutTrainingAccuracy"] = HostMemory.Span<float>(_found)[1];
            finish.Figures["cutTrainingAccuracyEpoch"] = HostMemory.Span<float>(_found)[2];
        }

        public override void Dispose()
        {
            _accuracies.Dispose();
            _found.Dispose();
            base.Dispose();
        }

        /// <summary>
        /// What somebody measures on the network as a global cut by magnitude would leave it, or null where that is as it is; the weights are the old
        /// ones afterwards.
        /// </summary>
        private double? Cut(Func<double> measure)
        {
            using var scope = torch.NewDisposeScope();
            torch.Tensor[] weights = [.. _weights.Select(w => w.Weight.clone())];
            var all = torch.cat([.. weights.Select(w => w.flatten())]).abs_();
            var kept = Ranking.Largest(all, all.numel() - (long)Math.Round(all.numel() * _options.Number(Sparsity), MidpointRounding.AwayFromZero));
            if (HostMemory.Read<float>(all.mul(kept.sub(KeptScalars.One)).sum()) == 0)
                return null;
            var start = 0L;
            foreach (var weight in _weights)
            {
                weight.Weight.mul_(kept.narrow(0, start, weight.Weight.numel()).view(weight.Weight.shape));
                start += weight.Weight.numel();
            }

            var measured = measure();
            foreach (var (weight, old) in _weights.Zip(weights))
                weight.Weight.copy_(old);
            return measured;
        }

        private static float Mean(ReadOnlySpan<float> values)
        {
            var sum = 0.0;
            foreach (var value in values)
                sum += value;
            return (float)(sum / values.Length);
        }
    }
}

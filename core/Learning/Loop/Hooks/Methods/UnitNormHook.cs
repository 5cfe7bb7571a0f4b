using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Hooks.Methods;

/// <summary>Keeps the columns of a matrix, such as the entries of a dictionary, at length 1: what lengthens them is taken out of the gradient, and every update is followed by a normalisation.</summary>
/// <remarks>
/// Bricken et al., "Towards Monosemanticity: Decomposing Language Models With Dictionary Learning", Transformer Circuits Thread 2023, appendix: without it an autoencoder makes
/// codes small and its dictionary large. With d a column and g its gradient, g loses (⟨g, d⟩ / ⟨d, d⟩)·d; d becomes d/‖d‖ before the first update and after
/// every n-th. Columns that are 0 stay 0, and so does what a mask has pruned. O(weights) per update.
/// </remarks>
internal sealed class UnitNormHook : ITrainingHook
{
    public const string Name = MethodDefaults.UnitNorm;

    private const string Tensors = "tensors";
    private const string Along = "along";
    private const string Every = "every";
    private const string Columns = "columns";
    private const string Rows = "rows";

    /// <summary>Where a column of zeros is not divided by 0.</summary>
    private const double Tiny = 1e-30;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Hook,
        Name = Name,
        Title = "Columns of unit norm",
        UseWhen = "Use it for the dictionaries of sparse autoencoders: 'decoder.weight', or 'encoder.weight' along rows where the two are tied.",
        Paper = "Bricken et al.: Towards Monosemanticity: Decomposing Language Models With Dictionary Learning, Transformer Circuits Thread, 2023",
        Needs = MethodNeeds.TrainedWeights,
        Options =
        [
            OptionInfo.Text(Tensors, "Name pattern (* matches anything) of the matrices.", "decoder.weight"),
            OptionInfo.Text(Along, $"What has length 1: '{Columns}' or '{Rows}'.", Columns),
            OptionInfo.Integer(Every, "Updates from one normalisation to the next; 0 for none, then gradients stay as they are too.", 1, 0, 1_000_000),
        ],
    };

    public MethodOptions Neutral { get; } = new() { [Every] = JsonSerializer.SerializeToElement(0) };

    public TrainingEffect Begin(TrainingContext context, OptionValues options)
    {
        var dimension = options.Text(Along) switch
        {
            Columns => 0,
            Rows => 1,
            var other => throw new DomainException(FailureCodes.InvalidOption, $"The option '{Along}' of the hook '{Name}' is '{other}'.", $"Use '{Columns}' or '{Rows}'."),
        };
        return new Effect(options.Integer(Every) == 0 ? [] : Matched(context.Masks, options.Text(Tensors)), dimension, options.Integer(Every));
    }

    private static IReadOnlyList<MaskedWeight> Matched(TrainingMasks masks, string pattern)
    {
        List<MaskedWeight> matrices = [.. masks.All.Where(w => w.Weight.dim() == 2)];
        List<MaskedWeight> matched = [.. matrices.Where(w => NamePattern.Matches(pattern, w.Name))];
        if (matched.Count > 0)
            return matched;
        List<string> names = [.. matrices.Select(w => w.Name)];
        throw new DomainException(
            FailureCodes.InvalidOption,
            $"The option '{Tensors}' of the hook '{Name}' is '{pattern}', which matches no matrix of the model.",
            NamePattern.Question([pattern], names) ?? $"There are {NameList.Quoted(names)}.");
    }

    private sealed class Effect : TrainingEffect
    {
        private readonly IReadOnlyList<MaskedWeight> _weights;
        private readonly int _dimension;
        private readonly int _every;
        private readonly Scalar _tiny = Tiny.ToScalar();

        public Effect(IReadOnlyList<MaskedWeight> weights, int dimension, int every)
        {
            (_weights, _dimension, _every) = (weights, dimension, every);
            using var off = torch.no_grad();
            Normalise();
        }

        public override void Gradients(TrainingUpdate update)
        {
            using var scope = torch.NewDisposeScope();
            foreach (var weight in _weights)
                if (weight.Weight.grad is { } gradient)
                {
                    var along = gradient.mul(weight.Weight).sum(_dimension, keepdim: true).div_(weight.Weight.square().sum(_dimension, keepdim: true).clamp_min_(_tiny));
                    gradient.sub_(along.mul(weight.Weight));
                }
        }

        public override void Updated(TrainingUpdate update)
        {
            if (_every > 0 && update.At.Update % _every == 0)
                Normalise();
        }

        public override void Finish(TrainingFinish finish) => finish.Figures["matrices"] = _weights.Count;

        public override void Dispose()
        {
            _tiny.Dispose();
            base.Dispose();
        }

        private void Normalise()
        {
            using var scope = torch.NewDisposeScope();
            foreach (var weight in _weights)
                weight.Weight.div_(weight.Weight.square().sum(_dimension, keepdim: true).sqrt_().clamp_min_(_tiny));
        }
    }
}

using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Loop.Masks;

/// <summary>The mask that a hook which moves it begins with: the one the training is given, or one drawn by chance at a fixed number of weights.</summary>
internal static class SparseStart
{
    private const string Sparsity = "sparsity";
    private const string Spread = "spread";
    private const string Erk = "erk";
    private const string Uniform = "uniform";

    /// <summary>Options of every such hook.</summary>
    public static IReadOnlyList<OptionInfo> Options { get; } =
    [
        OptionInfo.Number(Sparsity, "Share of the prunable weights that is zero from the first update on, drawn by chance; 0 takes the mask the training is given.", 0.0, minimum: 0, maximum: 0.99999),
        OptionInfo.Text(Spread, $"Spread of the weights of a drawn mask over the layers: '{Erk}' (Erdős–Rényi-Kernel, as the allocation) or '{Uniform}'.", Erk),
    ];

    /// <summary>Begins with the mask; from now on the hook moves it.</summary>
    /// <param name="context">The training.</param>
    /// <param name="hook">Who moves the mask.</param>
    /// <param name="options">Those of <see cref="Options"/> and the hook's own.</param>
    /// <exception cref="DomainException">There is no mask and no sparsity, or both.</exception>
    public static void Begin(TrainingContext context, MethodInfo hook, OptionValues options)
    {
        var (sparsity, given) = (options.Number(Sparsity), context.Masks.Masked.Any());
        if (given && sparsity > 0)
            throw Refused($"The hook '{hook.Name}' has {Sparsity} {sparsity}, but the training has a mask already.", $"Leave {Sparsity} out: the hook then moves that mask.");
        if (!given && sparsity == 0)
            throw Refused($"The hook '{hook.Name}' has no mask to move: the training is given none, and {Sparsity} is 0.", $"Set its option {Sparsity}, such as 0.9.");
        if (!given)
            context.Masks.Begin(Draw(context, sparsity, options.Text(Spread)));
        context.Masks.Take();
    }

    private static SparsityMask Draw(TrainingContext context, double sparsity, string spread)
    {
        var tensors = PrunableTensors.Select(context.Masks.All.Select(w => WeightTransfer.Describe(w.Name, w.Weight)));
        var total = tensors.Sum(t => t.Count);
        var keep = total - (long)Math.Round(total * sparsity, MidpointRounding.AwayFromZero);
        if (keep == 0)
            throw new DomainException(FailureCodes.UnreachableSparsity, $"A {Sparsity} of {sparsity} keeps none of the {total} prunable weights.", "Ask for less.");
        long[] room = [.. tensors.Select(t => context.Masks.Ceiling?.Find(t.Name)?.Kept ?? t.Count)];
        if (keep > room.Sum())
            throw new DomainException(
                FailureCodes.UnreachableSparsity, $"A {Sparsity} of {sparsity} keeps {keep} weights, and the ceiling has room for {room.Sum()}.", "Ask for more, or for a ceiling that is less sparse.");
        var shares = Apportionment.Split(keep, [.. tensors.Select(t => Proportion(t, spread))], room);
        return new SparsityMask(tensors.Zip(shares, (tensor, kept) => Draw(tensor, kept, context.Spec.Seed, context.Masks.Ceiling?.Find(tensor.Name))));
    }

    private static double Proportion(TensorInfo tensor, string spread) => spread switch
    {
        Erk => tensor.Shape.Sum(),
        Uniform => tensor.Count,
        _ => throw Refused($"{Spread} is '{spread}'.", $"Use '{Erk}' or '{Uniform}'."),
    };

    /// <summary>From the seed and the name alone, so that the order of layers does not matter.</summary>
    private static TensorMask Draw(TensorInfo tensor, long kept, long seed, TensorMask? ceiling)
    {
        var words = new ulong[TensorMask.WordsFor(tensor.Count)];
        foreach (var i in SeededRandom.Permutation(checked((int)tensor.Count), SeedDerivation.Derive(seed, "sparse-start/" + tensor.Name)).Where(i => ceiling?.IsKept(i) != false).Take((int)kept))
            words[i / 64] |= 1UL << (i % 64);
        return new TensorMask(tensor.Name, tensor.Shape, ImmutableCollectionsMarshal.AsImmutableArray(words));
    }

    private static DomainException Refused(string reason, string remedy) => new(FailureCodes.InvalidOption, reason, remedy);
}

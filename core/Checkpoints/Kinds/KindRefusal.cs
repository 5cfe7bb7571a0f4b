using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Which kinds a use refuses, why, and the way out. The table in docs/file-formats.md says the same.</summary>
internal static class KindRefusal
{
    private const string SaveAgain = "then save the model again.";

    /// <exception cref="DomainException"><see cref="FailureCodes.WrongKind"/>: the use cannot be made of a file of this kind.</exception>
    public static void Ensure(StateDict file, KindFinding found, CheckpointUse use) => Ensure(Path.GetFileName(file.Path), found, use);

    /// <inheritdoc cref="Ensure(StateDict, KindFinding, CheckpointUse)"/>
    public static void Ensure(string name, KindFinding found, CheckpointUse use)
    {
        if (use == CheckpointUse.Copy || found.Kind is CheckpointKind.StateDict or CheckpointKind.Packed || (use == CheckpointUse.Pack && found.Kind is not (CheckpointKind.Mask or CheckpointKind.Statistics or CheckpointKind.Solution)))
            return;
        throw new DomainException(
            FailureCodes.WrongKind, $"{name} is {Title(found.Kind)} ({found.Evidence}). {Reason(found.Kind, use)}", Remedy(found.Kind, use));
    }

    /// <summary>The kind with its article, to be put into a sentence.</summary>
    public static string Title(CheckpointKind kind) => kind switch
    {
        CheckpointKind.Mask => "a sparsity mask",
        CheckpointKind.Statistics => "statistics of layer inputs",
        CheckpointKind.Solution => "layers that a pruner has solved",
        CheckpointKind.Packed => "a packed checkpoint",
        CheckpointKind.Quantised => "a quantised checkpoint",
        CheckpointKind.Adapter => "an adapter, or a model with adapters",
        CheckpointKind.MaskedParametrisation => "a model with pruning masks beside its weights",
        CheckpointKind.WeightNorm => "a model with weight norm",
        CheckpointKind.Parametrisation => "a model with parametrised weights",
        CheckpointKind.OptimiserState => "the state of an optimiser",
        _ => "a plain checkpoint",
    };

    private static string Reason(CheckpointKind kind, CheckpointUse use) => (kind, use) switch
    {
        (CheckpointKind.Mask, _) => "It holds bits, not weights.",
        (CheckpointKind.Statistics, _) => "It holds sums over inputs, not weights.",
        (CheckpointKind.Solution, _) => "It holds the pruned layers alone, with bits of their masks beside them.",
        (CheckpointKind.Quantised, CheckpointUse.Average) => "The mean of codes times the mean of scales is not the mean of the weights.",
        (CheckpointKind.Quantised, CheckpointUse.Prune) => "A code says nothing of a weight's magnitude without its scale.",
        (CheckpointKind.Quantised, _) => "Networks compute with floating-point weights here.",
        (CheckpointKind.Adapter, CheckpointUse.Average) => "The product of two means is not the mean of the products.",
        (CheckpointKind.Adapter, CheckpointUse.Prune) => "A zero in a factor is not a zero in the product.",
        (CheckpointKind.Adapter, _) => "It holds changes to a model, not the model.",
        (CheckpointKind.MaskedParametrisation, CheckpointUse.Average) => "The product of two means is not the mean of the products, and the mean of two masks is no mask.",
        (CheckpointKind.MaskedParametrisation, CheckpointUse.Prune) => "The mask would be pruned as if it were a weight.",
        (CheckpointKind.WeightNorm, CheckpointUse.Average) => "A weight is g · v / ‖v‖, and that of two means is not the mean of the two.",
        (CheckpointKind.WeightNorm, CheckpointUse.Prune) => "A weight is g · v / ‖v‖, so the magnitudes of v are not those of the weights.",
        (CheckpointKind.Parametrisation, CheckpointUse.Average) => "What is computed from two means is in general not the mean of what is computed from each.",
        (CheckpointKind.Parametrisation, CheckpointUse.Prune) => "The magnitudes of its tensors are not those of the weights.",
        (CheckpointKind.OptimiserState, _) => "It holds moments of gradients, not weights alone.",
        _ => "The models here hold their weights as they are.",
    };

    private static string Remedy(CheckpointKind kind, CheckpointUse use) => kind switch
    {
        CheckpointKind.Mask => "Give the checkpoint itself; a mask is given with --mask.",
        CheckpointKind.Statistics => "Give the checkpoint they were collected on.",
        CheckpointKind.Solution => "Give the checkpoint that the cut by them made.",
        CheckpointKind.Quantised when use == CheckpointUse.Average => "Dequantise the checkpoints first, average them, and quantise the average.",
        CheckpointKind.Quantised when use == CheckpointUse.Prune => "Dequantise it first, or prune the checkpoint it was made from.",
        CheckpointKind.Quantised => "Dequantise it first.",
        CheckpointKind.Adapter => "Merge the adapter into its base first (merge_and_unload() in PEFT), and use the merged model.",
        CheckpointKind.MaskedParametrisation => $"Make the pruning permanent first: torch.nn.utils.prune.remove(module, 'weight') for every pruned module, {SaveAgain}",
        CheckpointKind.WeightNorm =>
            "Fold the norm into the weights first: torch.nn.utils.remove_weight_norm(module), or "
            + $"torch.nn.utils.parametrize.remove_parametrizations(module, 'weight'), {SaveAgain}",
        CheckpointKind.Parametrisation =>
            "Fold the parametrisation into the weights first: torch.nn.utils.parametrize.remove_parametrizations(module, 'weight'), or "
            + $"torch.nn.utils.remove_spectral_norm(module), {SaveAgain}",
        _ => "Save the model's own state_dict(), without the optimiser's.",
    };
}

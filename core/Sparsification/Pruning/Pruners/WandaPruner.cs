using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes the smallest |w|·‖x‖ of every row: a weight is worth what it is, times how large what it is multiplied with was on the sample.</summary>
/// <remarks>
/// Sun, Liu, Bair, Kolter, "A Simple and Effective Pruning Approach for Large Language Models", ICLR 2024, arXiv 2306.11695: |W_ij|·‖X_j‖₂, compared inside
/// each row. Here ‖X_j‖ is the root of the mean square over the sample, which compares alike within a layer and fairly between layers. The paper prunes
/// ⌊columns·sparsity⌋ of every row; here a layer's exact number is shared out among its rows, which differ by one weight at most. Structures of
/// whole units let units compete within the layer, and N:M within its groups. Ties as in <see cref="GlobalMagnitudePruner"/>. No seed.
/// </remarks>
internal sealed class WandaPruner : IPruner
{
    public const string Name = "wanda";

    private const string Group = "group";
    private const string Row = "row";
    private const string Layer = "layer";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Pruner,
        Name = Name,
        Title = "Wanda: weights and activations",
        UseWhen = "Use where inputs of a layer differ much in size; it changes no weight that stays, and needs one pass over a sample.",
        Paper = "Sun, Liu, Bair, Kolter, A Simple and Effective Pruning Approach for Large Language Models, ICLR 2024, arXiv 2306.11695",
        Needs = MethodNeeds.Statistics,
        Options = [OptionInfo.Text(Group, $"Which weights compete: those of a '{Row}', or all of a '{Layer}'.", Row)],
    };

    public IScore Score => InputScore.Unknown;

    public string Allocation => UniformAllocation.Name;

    public bool ByRow(OptionValues options) => options.Text(Group) switch
    {
        Row => true,
        Layer => false,
        var other => throw new DomainException(FailureCodes.InvalidOption, $"The option '{Group}' of the pruner '{Name}' is '{other}'.", $"Use '{Row}' or '{Layer}'."),
    };
}

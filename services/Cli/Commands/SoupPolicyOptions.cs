using System.CommandLine;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Cli.Commands;

/// <summary>How the masks of candidates that are zero in different places become one, and by what rule their average is pruned again.</summary>
internal static class SoupPolicyOptions
{
    public static readonly Option<string?> Policy = new("--mask-policy")
    {
        Description = "What becomes of masks that differ, those of the candidates' zeros: intersect, union or re-prune; `sparsepipe methods mask-policy` explains them.",
        HelpName = "NAME",
    };

    public static readonly Option<double?> Sparsity = new("--sparsity", "-s")
    {
        Description = "With re-prune, the fraction of prunable weights that are zero afterwards; that of the densest candidate when left out.",
        HelpName = "FRACTION",
    };

    public static readonly Option<string?> Method = new("--method") { Description = $"With re-prune, the pruner; {MethodDefaults.Pruner} when left out." };

    public static readonly Option<string?> Allocation = new("--allocation") { Description = "With re-prune, the spread over layers; the method's own when left out." };

    public static readonly Option<string?> Structure = new("--structure") { Description = $"With re-prune, the pattern of kept weights; {MethodDefaults.Structure} when left out." };

    /// <summary>What to do about an average that is denser than its members.</summary>
    public static readonly string Offer =
        $"Average candidates that share a mask, or give the average one: --mask-policy {string.Join(", ", MaskPolicies.Registry.All.Select(p => p.Info.Name))}.";

    /// <summary>The policy, or null when there is none.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: an option that would change nothing.</exception>
    public static string? Read(Invocation invocation, bool hasMask)
    {
        var policy = invocation.Value(Policy);
        if (policy is not null && hasMask)
            throw new DomainException(FailureCodes.InvalidOption, "--mask says that the candidates share a mask, --mask-policy that each has its own.", "Give one of them.");
        List<string> unused = [.. Given(invocation).Where(_ => policy is null || !CutsAgain(MaskPolicies.Registry.Find(policy).Info))];
        return unused.Count == 0 ? policy : throw new DomainException(
            FailureCodes.InvalidOption,
            $"{string.Join(", ", unused)} would change nothing: only --mask-policy {CuttingAgain} prunes.",
            $"Add --mask-policy {CuttingAgain}, or leave out {string.Join(", ", unused)}.");
    }

    /// <summary>The rule an average is pruned by.</summary>
    public static PruneRequest Rule(Invocation invocation, IReadOnlyList<string> candidates, string scratch)
    {
        var tensors = TensorOptions.ReadPatterns(invocation);
        return new()
        {
            Method = Pruners.Registry.SpecOf(invocation.Value(Method) ?? MethodDefaults.Pruner),
            Sparsity = invocation.Value(Sparsity) ?? candidates.Min(c => SoupDensity.ZerosOf(c, tensors, scratch)),
            Allocation = invocation.Value(Allocation),
            Structure = invocation.Value(Structure) ?? MethodDefaults.Structure,
            Tensors = tensors,
        };
    }

    private static string CuttingAgain => string.Join(" or ", MaskPolicies.Registry.Infos.Where(CutsAgain).Select(policy => policy.Name));

    private static bool CutsAgain(MethodInfo policy) => policy.Traits.HasFlag(MethodTraits.CutsAgain);

    private static IEnumerable<string> Given(Invocation invocation)
    {
        if (invocation.Value(Sparsity) is not null)
            yield return "--sparsity";
        if (invocation.Value(Method) is not null)
            yield return "--method";
        if (invocation.Value(Allocation) is not null)
            yield return "--allocation";
        if (invocation.Value(Structure) is not null)
            yield return "--structure";
    }
}

using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Finds out whether a soup can be cooked, without its members.</summary>
public static class SoupRehearsal
{
    /// <exception cref="DomainException">The method or the mask policy is unknown, or the weights are no shares of so many candidates.</exception>
    public static void Run(SoupSpec spec)
    {
        _ = Soups.Registry.Find(spec.Method).Weights(spec.Method, spec.Candidates.Count);
        if (spec.MaskPolicy is { } policy)
            _ = MaskPolicies.Registry.Find(policy);
    }
}

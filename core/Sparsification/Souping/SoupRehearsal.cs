using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Finds out whether a soup can be cooked, without its members.</summary>
public static class SoupRehearsal
{
    /// <exception cref="DomainException">The method or the mask policy is unknown, the weights are no shares of so many candidates, or the soup lacks an anchor.</exception>
    public static void Run(SoupSpec spec)
    {
        var soup = Soups.Registry.Find(spec.Method);
        SoupCheck.Ensure(soup, new SoupContext
        {
            Method = spec.Method,
            Info = soup.Info,
            Candidates = [.. spec.Candidates.Select(c => new CandidateFile(c.Checkpoint.Digest, c.Validation) { Statistics = c.Statistics?.Digest })],
            Anchor = spec.Anchor?.Digest,
            Score = (_, _) => throw new InvalidOperationException("A rehearsal scores nothing."),
        });
        if (spec.MaskPolicy is { } policy)
            _ = MaskPolicies.Registry.Find(policy);
    }
}

namespace SparsePipeline.Checkpoints;

/// <summary>All that was verified of a file, failures included.</summary>
/// <param name="Checks">In the order they were made. A header that fails ends the list: there is nothing to look at.</param>
public sealed record VerificationReport(IReadOnlyList<VerificationCheck> Checks)
{
    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(c => c.Passed);
}

namespace SparsePipeline.Client;

/// <summary>What something must be for it to be written.</summary>
/// <param name="Version">The version it has; null for one that does not exist.</param>
internal sealed record Precondition(string? Version)
{
    public bool IsNew => Version is null;
}

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Counts conditional writes of one document that did not come about, so that no loop around them is without an end.</summary>
/// <remarks>
/// Of many who write at once one succeeds, so a few dozen failures in a row are bad luck. Without an end only a store is tried that does not
/// keep its word: one that says a document is there and cannot show it, or whose versions never match.
/// </remarks>
public sealed class ConditionalTries(string key)
{
    private const int Most = 100;
    private const int Undelayed = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private int _failed;

    /// <summary>One more; waits a moment after the first ones.</summary>
    /// <exception cref="StoreUnavailableException">There were too many.</exception>
    public async Task FailedAsync(CancellationToken cancellationToken)
    {
        if (++_failed >= Most)
        {
            throw new StoreUnavailableException(
                $"The document '{key}' could not be written under a condition {Most} times in a row.",
                "Use a store with atomic conditional writes: `sparsepipe doctor` tries it out.", new IOException("The condition never held."));
        }
        if (_failed > Undelayed)
            await Task.Delay(Pause, cancellationToken);
    }
}

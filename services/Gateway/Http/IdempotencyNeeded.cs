namespace SparsePipeline.Gateway.Http;

/// <summary>Beside an endpoint: its requests carry an <c>Idempotency-Key</c> and have their effect once.</summary>
internal sealed class IdempotencyNeeded
{
    private IdempotencyNeeded()
    {
    }

    public static IdempotencyNeeded Instance { get; } = new();
}

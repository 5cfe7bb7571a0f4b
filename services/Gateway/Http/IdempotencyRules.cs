namespace SparsePipeline.Gateway.Http;

/// <summary>Says beside an endpoint that its requests are repeatable by their key.</summary>
internal static class IdempotencyRules
{
    /// <summary>For what would be done twice if it came twice. Whatever the endpoint does has to be safe to begin again: a process may die in the middle of it.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(IdempotencyNeeded.Instance);
}

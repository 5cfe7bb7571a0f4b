namespace SparsePipeline.Gateway.Access;

/// <summary>Says beside an endpoint who may use it.</summary>
internal static class AccessRules
{
    public static RouteHandlerBuilder Allow(this RouteHandlerBuilder endpoint, IReadOnlyList<string> roles) => endpoint.WithMetadata(new AllowedRoles(roles));

    /// <summary>What stands for a key where none is needed.</summary>
    public static RouteHandlerBuilder Vouched(this RouteHandlerBuilder endpoint, Vouching vouching) => endpoint.WithMetadata(vouching);
}

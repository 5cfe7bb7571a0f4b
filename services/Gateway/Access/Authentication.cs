using System.Security.Cryptography;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Access;

/// <summary>Finds out whose key a request was made with. What that key may do is decided later.</summary>
/// <remarks>
/// One answer for a key that is missing, wrong, expired or revoked, and after a while that does not tell which. Whoever sends wrong ones is held back by address
/// before the store is asked again.
/// </remarks>
internal sealed class Authentication(AccessKeys keys, AddressLimits addresses)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AllowedRoles>() is not { } allowed)
        {
            await next(context);
            return;
        }
        if (context.Request.Query.ContainsKey("access_token"))
            throw RefusedRequestException.Of(
                StatusCodes.Status400BadRequest, "token-in-query", "A token stands in the address, where logs of others may keep it.", "Send it as Authorization: Bearer TOKEN, and revoke this one.");
        var key = await FindAsync(context);
        Caller.Set(context, key);
        if (!allowed.Roles.Contains(key.Role))
        {
            GatewayTelemetry.KeyRejected("role");
            throw RefusedRequestException.Of(
                StatusCodes.Status403Forbidden, "role", $"The key is one of role {key.Role}.", $"This needs {string.Join(" or ", allowed.Roles)}.");
        }
        await next(context);
    }

    /// <summary>The token that a request was sent with; null when there is none that could be one.</summary>
    public static AccessToken? TokenOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? AccessToken.Parse(header[Scheme.Length..].Trim()) : null;
    }

    private async Task<AccessKey> FindAsync(HttpContext context)
    {
        var token = TokenOf(context);
        if (token is not null && keys.IsKnown(token) && await keys.FindAsync(token, context.RequestAborted) is { } known)
            return known;
        if (!addresses.HasRoom(context))
        {
            GatewayTelemetry.KeyRejected("held-back");
            throw RequestLimits.TooMany(TimeSpan.FromSeconds(1));
        }
        if (token is not null && await keys.FindAsync(token, context.RequestAborted) is { } key)
            return key;
        addresses.TryTake(context);
        GatewayTelemetry.KeyRejected(context.Request.Headers.Authorization.ToString().Length == 0 ? "missing" : token is null ? "malformed" : "invalid");
        await Task.Delay(RandomNumberGenerator.GetInt32(20, 41), context.RequestAborted);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        throw RefusedRequestException.Of(
            StatusCodes.Status401Unauthorized, "unauthenticated", "The request has no key that is valid.", "Send Authorization: Bearer TOKEN; `sparsepipe keys create` makes one.");
    }
}

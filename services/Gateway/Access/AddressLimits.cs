using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Access;

/// <summary>How many requests are let through from one address that nothing vouches for: no key, no permission, no signature.</summary>
/// <remarks>Of IPv6 the first 64 bits are an address: whoever has one has all of them.</remarks>
internal sealed class AddressLimits(IOptions<GatewayOptions> options) : IDisposable
{
    private const int Prefix = 8;

    private readonly PartitionedRateLimiter<string> _requests = Create(options);

    // Of their own, so that whoever else is at a prober's address cannot make a gateway look dead.
    private readonly PartitionedRateLimiter<string> _probes = Create(options);

    // What endpoints that look for themselves have refused: a flood of it is held back before anything is read for it.
    private readonly PartitionedRateLimiter<string> _unproven = Create(options);

    public void Dispose()
    {
        _requests.Dispose();
        _unproven.Dispose();
        _probes.Dispose();
    }

    /// <summary>Counts a request.</summary>
    /// <exception cref="Http.RefusedRequestException">429: there are too many.</exception>
    public void Take(HttpContext context) => Take(_requests, context);

    /// <summary>Counts a look at this process's health.</summary>
    /// <exception cref="Http.RefusedRequestException">429: there are too many.</exception>
    public void TakeProbe(HttpContext context) => Take(_probes, context);

    /// <summary>Counts a request that its endpoint found nothing to vouch for.</summary>
    /// <exception cref="Http.RefusedRequestException">429: there are too many.</exception>
    public void TakeUnproven(HttpContext context) => Take(_unproven, context);

    /// <summary>Passes an address that has not sent too much that its endpoint refused; counts nothing.</summary>
    /// <exception cref="Http.RefusedRequestException">429: it has.</exception>
    public void EnsureProves(HttpContext context)
    {
        if (_unproven.GetStatistics(AddressOf(context))?.CurrentAvailablePermits < 1)
            throw RequestLimits.TooMany(TimeSpan.FromSeconds(1));
    }

    /// <summary>Counts a request that turned out to have nothing that vouches for it; false when there are too many.</summary>
    public bool TryTake(HttpContext context)
    {
        using var lease = _requests.AttemptAcquire(AddressOf(context));
        return lease.IsAcquired;
    }

    /// <summary>Whether another request would be let through; counts nothing.</summary>
    public bool HasRoom(HttpContext context) => !(_requests.GetStatistics(AddressOf(context))?.CurrentAvailablePermits < 1);

    private static void Take(PartitionedRateLimiter<string> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(AddressOf(context));
        if (!lease.IsAcquired)
            throw RequestLimits.TooMany(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    private static PartitionedRateLimiter<string> Create(IOptions<GatewayOptions> options) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(address, _ => RequestLimits.Bucket(options.Value.UnknownRate)));

    internal static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress is not { } address ? "" : AddressOf(address);

    internal static string AddressOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, Prefix)) : address.ToString();
    }
}

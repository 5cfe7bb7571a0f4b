using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Access;

/// <summary>How many requests are let through: of each key as its role allows, of each address without one, and of all together.</summary>
internal sealed class RequestLimits(AddressLimits addresses, IOptions<GatewayOptions> options) : IDisposable
{
    private const int Burst = 5;

    private readonly RateLimiter _total = new TokenBucketRateLimiter(Bucket(options.Value.TotalRate));

    private readonly PartitionedRateLimiter<AccessKey> _perKey = PartitionedRateLimiter.Create<AccessKey, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key.KeyId, _ => Bucket(RateOf(key.Role, options.Value))));

    /// <summary>So many a second, and five times as many at once.</summary>
    public static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = perSecond * Burst,
        TokensPerPeriod = Math.Max(1, perSecond / 10),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, perSecond / 10) / (double)perSecond),
        QueueLimit = 0,
    };

    /// <summary>429.</summary>
    public static RefusedRequestException TooMany(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, new ProblemError("too-many-requests", "There are more requests than are let through.", "Wait as Retry-After says, and go on."))
    {
        RetryAfter = wait,
    };

    public void Dispose()
    {
        _total.Dispose();
        _perKey.Dispose();
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Caller.Find(context) is { } key)
            Take(context, key, count: 1);
        else
            TakeUnknown(context);
        try
        {
            await next(context);
        }
        catch (RefusedRequestException refused) when (IsByEndpoint(context) && refused.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status404NotFound)
        {
            addresses.TakeUnproven(context);
            throw;
        }
    }

    // By address before all together: one that floods must not use up what is there for everybody.
    private void TakeUnknown(HttpContext context)
    {
        if (VouchingOf(context) == Vouching.Probe)
            addresses.TakeProbe(context);
        else if (!IsByEndpoint(context))
            addresses.Take(context);
        else
            addresses.EnsureProves(context);
        using var all = _total.AttemptAcquire();
        if (!all.IsAcquired)
            throw TooMany(TimeSpan.FromSeconds(1));
    }

    private static bool IsByEndpoint(HttpContext context) => VouchingOf(context) == Vouching.ByEndpoint;

    private static Vouching? VouchingOf(HttpContext context) => context.GetEndpoint()?.Metadata.OfType<Vouching>().Cast<Vouching?>().FirstOrDefault();

    /// <summary>Counts further requests: a batch costs what its parts would.</summary>
    /// <exception cref="RefusedRequestException">429.</exception>
    /// <remarks>A batch that costs more than there ever is costs all that there is, or it could never be sent; the request itself has taken one.</remarks>
    public void Take(HttpContext context, AccessKey key, int count)
    {
        count = Math.Min(count, (Math.Min(RateOf(key.Role, options.Value), options.Value.TotalRate) * Burst) - 1);
        using var own = _perKey.AttemptAcquire(key, count);
        using var all = own.IsAcquired ? _total.AttemptAcquire(count) : own;
        if (!all.IsAcquired)
            throw TooMany(all.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1));
    }

    private static int RateOf(string role, GatewayOptions options) => role switch
    {
        AccessRoles.Viewer => options.ViewerRate,
        AccessRoles.Publisher => options.PublisherRate,
        AccessRoles.Client => options.ClientRate,
        _ => options.OperatorRate,
    };
}

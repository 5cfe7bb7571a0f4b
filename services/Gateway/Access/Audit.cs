using System.Globalization;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Access;

/// <summary>Writes down every request that changes something, and those that were not let through.</summary>
/// <remarks>Of the latter one in ten is written when there are more than ten a second: whoever guesses keys must not fill the store.</remarks>
internal sealed class Audit(IObjectStore store, TimeProvider time, ILogger<Audit> log)
{
    private const string All = "audit/";
    private const int RefusalsPerSecond = 10;
    private const int OneOf = 10;
    private const int MostPath = 500;
    private readonly Lock _gate = new();
    private (long Second, int Count) _refusals;

    /// <summary>The entries of a day after another, oldest first.</summary>
    public IAsyncEnumerable<string> ListAsync(DateOnly day, string? after, CancellationToken cancellationToken) =>
        store.ListAsync($"{All}{Text(day)}/", after is null ? null : $"{All}{Text(day)}/{after}", cancellationToken);

    public Task<AuditEntry?> ReadAsync(string path, CancellationToken cancellationToken) => store.ReadAsync<AuditEntry>(path, cancellationToken);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var isRefusal = context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden;
        if (isRefusal ? IsWorthWriting() : Changes(context))
            await WriteAsync(context);
    }

    private static bool Changes(HttpContext context) =>
        Caller.Find(context) is not null && context.Request.Method is not ("GET" or "HEAD" or "OPTIONS");

    private bool IsWorthWriting()
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            _refusals = (second, _refusals.Second == second ? _refusals.Count + 1 : 1);
            return _refusals.Count <= RefusalsPerSecond || _refusals.Count % OneOf == 0;
        }
    }

    private async Task WriteAsync(HttpContext context)
    {
        var (now, requestId) = (time.GetUtcNow(), Guid.NewGuid().ToString("N"));
        var path = ShownPath.Of(context);
        var entry = new AuditEntry
        {
            At = now,
            RequestId = requestId,
            KeyId = Caller.Find(context)?.KeyId,
            Method = context.Request.Method,
            Path = path.Length > MostPath ? path[..MostPath] : path,
            Status = context.Response.StatusCode,
            Address = context.Connection.RemoteIpAddress?.ToString(),
        };
        try
        {
            var key = $"{All}{Text(DateOnly.FromDateTime(now.UtcDateTime))}/{now.ToString("HHmmss.fffffff", CultureInfo.InvariantCulture)}-{requestId}.json";
            await store.WriteAsync(key, Documents.Write(entry), CancellationToken.None);
        }
        catch (StoreUnavailableException away)
        {
            log.AuditFailed(away.Message);
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

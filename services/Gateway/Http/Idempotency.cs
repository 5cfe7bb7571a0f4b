using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Http;

/// <summary>Lets a request that is sent again have its effect once: the first answer is kept for a week and given again.</summary>
/// <remarks>
/// A document is written before anything is done and replaced when it is done, before the sender hears of it. What is found pending after its lease is done again, which
/// every such endpoint has to bear. Leases are told by the clocks of two processes; an action is given up well before its own lease ends.
/// </remarks>
internal sealed class Idempotency(IObjectStore store, TimeProvider time)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const string Folder = "requests";
    private const string IdItem = "sparsepipeline-request";
    private const string BodyItem = "sparsepipeline-kept-answer";
    private const int IdLength = 32;
    private const int MostCharacters = 128;
    private const int LeaseSeconds = 60;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(45);
    private readonly NamedDocuments<IdempotentRequest> _requests = new(store, Folder);

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Names the request, the same for each time it is sent: what it makes may be named by it.</summary>
    public static string IdOf(HttpContext context) => (string)context.Items[IdItem]!;

    /// <summary>What is kept in place of the answer, because that shows a secret.</summary>
    public static void KeepInstead<T>(HttpContext context, T answer) => context.Items[BodyItem] = JsonSerializer.Serialize(answer, AnswerJson.Options);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotencyNeeded>() is null)
        {
            await next(context);
            return;
        }
        var id = IdOf(Caller.Of(context).KeyId, context.Request, KeyOf(context.Request));
        var body = await RequestBody.ReadAsync(context, RequestBody.MostBytes);
        var (request, version) = await BeginAsync(id, FingerprintOf(context.Request, body), context.RequestAborted);
        if (version is null)
        {
            await ReplayAsync(context, request);
            return;
        }
        context.Request.Body = new MemoryStream(body);
        context.Items[IdItem] = id;
        await ActAsync(context, next, id, request, version);
    }

    // Null for the version when it was done before.
    private async Task<(IdempotentRequest Request, string? Version)> BeginAsync(string id, string fingerprint, CancellationToken cancellationToken)
    {
        for (var tries = new ConditionalTries($"{Folder}/{id}"); ; await tries.FailedAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            var found = await _requests.ReadAsync(id, cancellationToken);
            if (found is var (known, _) && known.State != IdempotentRequest.Refused && known.ExpiresAt > now)
            {
                if (known.Fingerprint != fingerprint)
                    throw RefusedRequestException.Of(
                        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", $"This {Header} was used for another request.", "Give every request a key of its own.", Header);
                if (known.State == IdempotentRequest.Done)
                    return (known, null);
                if (known.At.AddSeconds(known.LeaseSeconds) > now)
                    throw InProgress();
            }
            var pending = new IdempotentRequest
            {
                Fingerprint = fingerprint,
                State = IdempotentRequest.Pending,
                At = now,
                LeaseSeconds = LeaseSeconds,
                ExpiresAt = now + Kept,
                Nonce = Guid.NewGuid().ToString("N"),
            };
            if (await _requests.TryWriteAsync(id, pending, found?.Version, cancellationToken) is { } version)
                return (pending, version);
        }
    }

    // Goes on when the sender has hung up: whoever sends it again is answered then.
    private async Task ActAsync(HttpContext context, RequestDelegate next, string id, IdempotentRequest request, string version)
    {
        var (aborted, sent, answer) = (context.RequestAborted, context.Response.Body, new MemoryStream());
        // Of the lease, whatever was needed to get it: nobody else acts before it is over.
        var left = request.At + MostTime - time.GetUtcNow();
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        (context.RequestAborted, context.Response.Body) = (limit.Token, answer);
        var hadNoEffect = false;
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(limit.Token);
            hadNoEffect = context.Response.StatusCode >= StatusCodes.Status400BadRequest;
            if (!hadNoEffect && !await KeepAsync(id, DoneAs(context, request, answer), version))
                throw InProgress();
        }
        catch (Exception refused) when (refused is DomainException or RefusedRequestException { Status: < StatusCodes.Status500InternalServerError and not StatusCodes.Status409Conflict })
        {
            hadNoEffect = true;
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw RefusedRequestException.Of(
                StatusCodes.Status503ServiceUnavailable, "too-slow", $"It was not done within {MostTime.TotalSeconds:0} s.", $"Send it again with the same {Header}.");
        }
        finally
        {
            (context.RequestAborted, context.Response.Body) = (aborted, sent);
            if (hadNoEffect)
                await TryForgetAsync(id, request, version);
        }
        answer.Position = 0;
        await answer.CopyToAsync(sent, aborted);
    }

    private static IdempotentRequest DoneAs(HttpContext context, IdempotentRequest request, MemoryStream answer) => request with
    {
        State = IdempotentRequest.Done,
        Status = context.Response.StatusCode,
        Body = context.Items[BodyItem] as string ?? (answer.Length == 0 ? null : Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length)),
        Nonce = Guid.NewGuid().ToString("N"),
    };

    private async Task<bool> KeepAsync(string id, IdempotentRequest request, string version) =>
        await _requests.TryWriteAsync(id, request, version, CancellationToken.None) is not null;

    // What was refused had no effect, so that the sender may correct it at once. Whatever else went wrong may have had one: then the lease ends by itself, and the same request is done again.
    private async Task TryForgetAsync(string id, IdempotentRequest request, string version)
    {
        try
        {
            await KeepAsync(id, request with { State = IdempotentRequest.Refused, Nonce = Guid.NewGuid().ToString("N") }, version);
        }
        catch (StoreUnavailableException)
        {
        }
    }

    private static async Task ReplayAsync(HttpContext context, IdempotentRequest request)
    {
        context.Response.StatusCode = request.Status!.Value;
        context.Response.Headers[ReplayedHeader] = "true";
        if (request.Body is null)
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(request.Body, context.RequestAborted);
    }

    private static string KeyOf(HttpRequest request) =>
        request.Headers[Header].ToString() is { Length: > 0 and <= MostCharacters } key && !key.AsSpan().ContainsAnyExceptInRange('!', '~') ? key : throw RefusedRequestException.Of(
            StatusCodes.Status400BadRequest, "idempotency-key-missing", $"The request has no {Header}, or none of 1 to {MostCharacters} visible ASCII characters.",
            $"Send one that no other request has, and the same whenever this one is sent again.", Header);

    private static string IdOf(string keyId, HttpRequest request, string key) =>
        Hash(Encoding.UTF8.GetBytes($"{keyId}\n{request.Method}\n{request.Path}\n{key}"))[..IdLength];

    private static string FingerprintOf(HttpRequest request, byte[] body) => Hash([.. Encoding.UTF8.GetBytes($"{request.QueryString}\n"), .. body]);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static RefusedRequestException InProgress() => new(
        StatusCodes.Status409Conflict, new ProblemError("in-progress", "The same request is being worked on.", "Wait as Retry-After says, and send it again."))
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}

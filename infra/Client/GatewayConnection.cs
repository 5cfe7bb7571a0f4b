using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Polly.Timeout;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>Sends requests with a key, as often as it takes, and reads what is answered.</summary>
internal sealed class GatewayConnection : IDisposable
{
    private static readonly TimeSpan PerTry = TimeSpan.FromSeconds(100);
    private readonly HttpClient _http;
    private readonly string _token;
    private readonly TimeProvider _time;

    public GatewayConnection(Uri gateway, string token, HttpMessageHandler? handler, TimeProvider time)
    {
        // A redirect would take the key elsewhere. Every try has its own bound, so none is set for the client.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: handler is null)
        {
            BaseAddress = new Uri(gateway.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        (_token, _time) = (token, time);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A request that is answered with a document.</summary>
    public async Task<T> AskAsync<T>(Ask ask, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(ask, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    /// <summary>A request that is answered with a document and its version.</summary>
    public async Task<Versioned<T>> AskVersionedAsync<T>(Ask ask, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(ask, cancellationToken);
        return new Versioned<T>(await ReadAsync<T>(answer, cancellationToken), answer.Headers.ETag?.Tag.Trim('"') ?? "");
    }

    /// <summary>A request whose answer says nothing.</summary>
    public async Task TellAsync(Ask ask, CancellationToken cancellationToken) => (await SendAsync(ask, cancellationToken)).Dispose();

    /// <summary>All items of a list, page by page as they are asked for.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? cursor = null; ;)
        {
            var at = cursor is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}";
            var page = await AskAsync<Page<T>>(new Ask(HttpMethod.Get, at), cancellationToken);
            foreach (var item in page.Items)
                yield return item;
            if ((cursor = page.Next) is null)
                yield break;
        }
    }

    /// <summary>Sends a request; the answer is a success.</summary>
    /// <exception cref="GatewayException">It was refused.</exception>
    /// <exception cref="GatewayUnreachableException">The gateway cannot be reached, or it is none.</exception>
    public async Task<HttpResponseMessage> SendAsync(Ask ask, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await Patience.Of(ask.PerTry ?? PerTry, _time).ExecuteAsync(async token =>
            {
                using var request = Create(ask);
                return await _http.SendAsync(request, ask.Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, token);
            }, cancellationToken);
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutRejectedException)
        {
            throw new GatewayUnreachableException($"The gateway at {_http.BaseAddress} cannot be reached: {away.Message}", away);
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await RefusalAsync(answer, cancellationToken);
    }

    // Made anew for every try: a request can be sent once.
    private HttpRequestMessage Create(Ask ask)
    {
        var request = new HttpRequestMessage(ask.Method, ask.Path) { Content = ask.Content?.Invoke() };
        if (ask.WithKey)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        if (ask.IdempotencyKey is { } key)
            request.Headers.Add("Idempotency-Key", key);
        if (ask.Range is { } from)
            request.Headers.Range = new RangeHeaderValue(from, to: null);
        if (ask.Precondition is { IsNew: true })
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        else if (ask.Precondition is { Version: { } version })
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        return request;
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return (await answer.Content.ReadFromJsonAsync<T>(AnswerJson.Options, cancellationToken))!;
        }
        catch (JsonException wrong)
        {
            throw new GatewayUnreachableException($"{_http.BaseAddress} answered what is no {typeof(T).Name}: {wrong.Message}", wrong);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PerTry);
        try
        {
            if (await answer.Content.ReadFromJsonAsync<Problem>(AnswerJson.Options, limit.Token) is { Errors.Count: > 0 } problem)
                return new GatewayException(problem);
        }
        catch (Exception other) when (other is JsonException or HttpRequestException or IOException || (other is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A proxy's page, another server, or an answer that does not end.
        }
        return new GatewayUnreachableException($"{_http.BaseAddress} answered {(int)answer.StatusCode}, and not as a gateway does.");
    }
}

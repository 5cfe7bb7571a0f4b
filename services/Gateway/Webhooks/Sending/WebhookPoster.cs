using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Sends one event to one webhook as Standard Webhooks says, once, following nothing.</summary>
/// <remarks><c>webhook-id</c> is the key of the event: ids of CloudEvents are unique for their source only, and receivers know no duplicates by anything else.</remarks>
internal sealed class WebhookPoster : IDisposable
{
    private const string ContentType = "application/cloudevents+json";
    private readonly HttpClient _client;
    private readonly AddressGuard _guard;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    public WebhookPoster(AddressGuard guard, IOptions<WebhookOptions> options, TimeProvider time)
    {
        (_guard, _time, _timeout) = (guard, time, TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            // Every message is a connection, and so a look at the address.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = guard.ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("SparsePipeline", "1"));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends; what goes wrong is the outcome, with the wait that the receiver asked for.</summary>
    public async Task<(DeliveryOutcome Outcome, TimeSpan? RetryAfter)> PostAsync(Webhook webhook, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        var (at, start) = (_time.GetUtcNow(), _time.GetTimestamp());
        DeliveryOutcome Outcome(int? status, string? error) => new(at, _time.GetElapsedTime(start).TotalSeconds, status, error);
        using var patience = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var url = new Uri(webhook.Url);
            await _guard.CheckAsync(url, either.Token).WaitAsync(either.Token);
            using var request = Message(url, webhook.Secret, outgoing, at);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (Outcome((int)answer.StatusCode, ErrorOf((int)answer.StatusCode)), WaitOf(answer));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (Outcome(status: null, ErrorOf(exception, patience.IsCancellationRequested)), null);
        }
    }

    private static HttpRequestMessage Message(Uri url, string secret, OutgoingEvent outgoing, DateTimeOffset at)
    {
        var body = CloudEventWriter.Structured(outgoing);
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } } };
        request.Headers.Add("webhook-id", outgoing.EventKey);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", StandardSignature.Sign(secret, outgoing.EventKey, seconds, body));
        return request;
    }

    private static string? ErrorOf(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => $"The receiver answered {status}, and redirects are not followed.",
        _ => $"The receiver answered {status}.",
    };

    // What an exception says beyond its kind is about this machine's network and is not for whoever wrote the webhook.
    private string ErrorOf(Exception exception, bool isLate) => exception switch
    {
        _ when isLate => $"The receiver did not answer within {_timeout.TotalSeconds:0.#} s.",
        RefusedAddressException refused => refused.Message,
        HttpRequestException { InnerException: RefusedAddressException refused } => refused.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "The receiver has no certificate that is trusted here.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "There was no connection to the receiver.",
        _ => "The receiver did not answer as HTTP does.",
    };

    private TimeSpan? WaitOf(HttpResponseMessage answer) => (int)answer.StatusCode is not (StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        ? null
        : answer.Headers.RetryAfter switch
        {
            { Delta: { } wait } => wait,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => null,
        };
}

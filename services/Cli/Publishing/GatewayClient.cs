using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Publishing;

/// <summary>Talks to a gateway. Every request may be repeated, so those that a network or a busy server lost are.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const int Tries = 6;
    private const double SlowestBytesPerSecond = 64 * 1024;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private readonly HttpClient _http;
    private readonly string _token;

    /// <param name="gateway">Its address.</param>
    /// <param name="token">The token of a key.</param>
    public GatewayClient(Uri gateway, string token)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = gateway, Timeout = Timeout.InfiniteTimeSpan };
        _token = token;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends JSON and returns the JSON that is answered.</summary>
    /// <exception cref="DomainException">The gateway refused it; all its reasons are told.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public async Task<JsonElement> PostAsync<T>(string path, T body, string contentType, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, new MediaTypeHeaderValue(contentType), ContractJson.Options) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            return request;
        }, Patience, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>Sends a file to an address that carries its own permission.</summary>
    /// <exception cref="DomainException">The gateway refused it.</exception>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public async Task PutAsync(Uri address, string file, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, address) { Content = new StreamContent(File.OpenRead(file)) { Headers = { ContentType = new("application/octet-stream") } } },
            Patience + TimeSpan.FromSeconds(new FileInfo(file).Length / SlowestBytesPerSecond), cancellationToken);
    }

    // A try that is not answered in time is one that was lost.
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var left = Tries; ;)
        {
            HttpResponseMessage? answer = null;
            try
            {
                using var request = create();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(patience);
                answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
                if (answer.IsSuccessStatusCode)
                    return answer;
                if (--left == 0 || !MayHelp(answer.StatusCode))
                    throw await RefusalAsync(answer, cancellationToken);
            }
            catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (--left == 0)
                    throw new IOException($"The gateway at {_http.BaseAddress} cannot be reached: {away.Message}", away);
            }
            await Task.Delay(Pause(Tries - left, answer?.Headers.RetryAfter?.Delta), cancellationToken);
            answer?.Dispose();
        }
    }

    private static bool MayHelp(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    // Doubled each time, and shaken: many who were refused at once must not come back at once.
    private static TimeSpan Pause(int failures, TimeSpan? asked)
    {
        var pause = TimeSpan.FromSeconds(0.5 * Math.Pow(2, failures - 1) * (0.75 + (0.5 * Random.Shared.NextDouble())));
        pause = pause < LongestPause ? pause : LongestPause;
        return asked is { } wait && wait > pause && wait <= LongestPause ? wait : pause;
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var errors = problem.GetProperty("errors").EnumerateArray().ToList();
            return new DomainException(
                errors[0].GetProperty("code").GetString()!,
                string.Join(" ", errors.Select(e => e.GetProperty("reason").GetString())),
                string.Join(" ", errors.Select(e => e.GetProperty("remedy").GetString()).Distinct(StringComparer.Ordinal)));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new IOException($"{_http.BaseAddress} answered {(int)answer.StatusCode}, and not as a gateway does.");
        }
        finally
        {
            answer.Dispose();
        }
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Lineage;

/// <summary>Sends lineage to one endpoint that the operator named. One that is away is tried for a day per event, and nothing else waits for it.</summary>
internal sealed class LineageOutlet(LineageEvents lineage, IOptions<LineageOptions> options, TimeProvider time, ILogger<LineageOutlet> log) : IOutlet, IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(8) };

    public void Dispose() => _client.Dispose();

    public async Task TakeAsync(IReadOnlyList<OutgoingEvent> events, Action<OutgoingEvent> taken, CancellationToken cancellationToken)
    {
        foreach (var one in events)
        {
            if (time.GetUtcNow() - one.RecordedAt > Kept)
            {
                log.LineageLost(one.EventKey);
            }
            else
            {
                foreach (var message in await lineage.OfAsync(one, cancellationToken))
                    await PostAsync(message, cancellationToken);
            }
            taken(one);
        }
    }

    private async Task PostAsync(JsonObject message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Endpoint) { Content = JsonContent.Create(message) };
        if (!string.IsNullOrEmpty(options.Value.KeyFile))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(options.Value.KeyFile, cancellationToken)).Trim());
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        // What is refused for good would be refused for ever.
        if ((int)answer.StatusCode is >= 400 and < 500 and not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests))
            log.LineageRefused((int)answer.StatusCode);
        else
            answer.EnsureSuccessStatusCode();
    }
}

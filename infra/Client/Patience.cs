using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SparsePipeline.Client;

/// <summary>Tries of a request: each has a bound, and those that a network or a busy server lost are made again after a pause that is doubled and shaken.</summary>
internal static class Patience
{
    private const int Retries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Tries whose answer must come within a time.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Of(TimeSpan perTry, TimeProvider time) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Retries,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome switch
            {
                { Exception: HttpRequestException or TimeoutRejectedException } => true,
                { Result.StatusCode: var status } => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500,
                _ => false,
            }),
            // Null takes the doubled one. A server that asks for more than anybody waits is asked again all the same.
            DelayGenerator = tried => ValueTask.FromResult(tried.Outcome.Result?.Headers.RetryAfter?.Delta is { } asked && asked > TimeSpan.Zero
                ? asked < LongestPause ? asked + Shake(asked) : LongestPause
                : (TimeSpan?)null),
            OnRetry = tried =>
            {
                tried.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
        })
        .AddTimeout(perTry)
        .Build();

    // Many who were told the same must not come back together.
    private static TimeSpan Shake(TimeSpan asked) => asked * (0.25 * Random.Shared.NextDouble());
}

using Polly;
using Polly.Retry;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>A few more tries for requests that failed for a reason that passes.</summary>
internal static class S3Retries
{
    public static ResiliencePipeline Create(S3Options options, S3Outage outage) => options.Retries == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<S3RequestException>(e => e.IsTransient),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                // So that workers that lost the server together do not come back together.
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(250),
                MaxDelay = TimeSpan.FromSeconds(10),
                OnRetry = retry =>
                {
                    StoreTelemetry.Retried();
                    outage.Failed(retry.Outcome.Exception!.Message);
                    return default;
                },
            })
            .Build();
}

using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Cli.Doctor;

/// <summary>Can the bucket be read, written under conditions and cleaned, and does its clock agree with this machine's?</summary>
internal static class BucketCheck
{
    private const string ClockRemedy = "Synchronise both clocks (NTP): claims of one machine would look expired to another.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(CommandSettings settings, CancellationToken cancellationToken)
    {
        // Who asks waits in front of a terminal: one more try has to do.
        await using var store = LocalStore.Open(settings.With($"{S3Options.Section}:{nameof(S3Options.Retries)}", "1"));
        try
        {
            var found = await store.Probe.RunAsync(cancellationToken);
            return [Conditions(store.Bucket, found), Clock(store.Claims, found)];
        }
        catch (StoreUnavailableException unavailable)
        {
            return [new Finding("bucket", IsGood: false, unavailable.Message, "")];
        }
    }

    private static Finding Conditions(S3Options bucket, S3ProbeResult found) => new(
        "bucket", found.HonoursConditions,
        found.HonoursConditions
            ? $"{bucket.Bucket} at {bucket.Endpoint} was written under conditions, read, listed and cleaned"
            : $"{bucket.Bucket} at {bucket.Endpoint} does not honour If-None-Match and If-Match on writes",
        "Use an S3 server with atomic conditional writes: without them two workers can hold one claim.");

    // Claims are compared with local clocks, so a worker half a lease ahead takes over what lives.
    private static Finding Clock(ClaimOptions claims, S3ProbeResult found)
    {
        var seconds = found.ClockDifference.TotalSeconds;
        return new("clock", Math.Abs(seconds) < claims.LeaseSeconds / 2, $"the object store's differs by {seconds:+0;-0;0} s", ClockRemedy);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.Gateway.Adoption;

namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>Notifications of S3-compatible servers that an object was written. They prove only that there is one: it is fetched and hashed, and nothing else in them is believed.</summary>
/// <remarks>
/// AWS, MinIO and Ceph's gateway agree on records and differ in details: AWS and MinIO write keys as forms do (<c>+</c> is a blank), Ceph writes them as they are; the name of the event
/// begins with <c>s3:</c> or not; the entity tag is <c>eTag</c> or <c>etag</c>; MinIO writes <c>EventName</c> and <c>Key</c> beside the records; a test message of AWS has no records.
/// </remarks>
internal sealed class S3Hook : IHookKind
{
    /// <summary>What hooks of this kind say.</summary>
    public const string Kind = "s3";

    private const string EventPrefix = "s3:";
    private const string Created = "ObjectCreated:";
    private const string Ceph = "ceph:s3";
    private const int PathBytes = 16;

    public string Name => Kind;

    public IReadOnlyList<string> RuleFields => ["prefix", "suffix"];

    public bool IsSecretInAddress => true;

    public string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PathBytes));

    // That the address is right was looked at before.
    public bool IsProven(Hook hook, HookMessage message, DateTimeOffset now) => true;

    public Task<IReadOnlyList<HookNews>> ReadAsync(Hook hook, HookMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HookNews>>(message.Json() is { } json ? [.. json.ListAt("Records").Select(r => NewsOf(hook, r)).OfType<HookNews>()] : []);

    private static HookNews? NewsOf(Hook hook, JsonElement record)
    {
        if (!IsCreated(record.TextAt("eventName")) || record.TextAt("s3", "bucket", "name") is not { } bucket || record.TextAt("s3", "object", "key") is not { } written)
            return null;
        var key = record.TextAt("eventSource") == Ceph ? written : WebUtility.UrlDecode(written);
        if (SourceAddress.Parse($"s3://{bucket}/{key}") is not { } source || key.EndsWith('/') || hook.Rules.FirstOrDefault(r => Fits(r, key)) is not { } rule)
            return null;
        var version = Given(record.TextAt("s3", "object", "versionId"));
        var mark = version ?? record.TextAt("s3", "object", "sequencer") ?? record.TextAt("s3", "object", "eTag") ?? record.TextAt("s3", "object", "etag");
        return new HookNews($"/hooks/{hook.Name}/{bucket}", $"{bucket}/{key}@{mark}", JsonPaths.DataOf(hook, rule.Model, source.ToString(), version));
    }

    private static bool IsCreated(string? name) =>
        name is not null && (name.StartsWith(EventPrefix, StringComparison.Ordinal) ? name[EventPrefix.Length..] : name).StartsWith(Created, StringComparison.Ordinal);

    private static bool Fits(HookRule rule, string key) =>
        key.StartsWith(rule.Prefix ?? "", StringComparison.Ordinal) && key.EndsWith(rule.Suffix ?? "", StringComparison.Ordinal);

    // Buckets without versions call theirs null.
    private static string? Given(string? version) => version == "null" ? null : version;
}

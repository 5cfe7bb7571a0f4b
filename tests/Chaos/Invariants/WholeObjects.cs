using System.Security.Cryptography;
using System.Text.Json;
using SparsePipeline.Chaos.Store;

namespace SparsePipeline.Chaos.Invariants;

/// <summary>
/// Lists the bucket again and again and reads whatever is new or changed: an artifact must hash to its name and a document must be
/// whole JSON at every moment at which anybody may see it.
/// </summary>
internal sealed class WholeObjects : IAsyncDisposable
{
    private const string Artifacts = "objects/sha256/";
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);
    private readonly BucketView _bucket;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly Task _watching;

    public WholeObjects(BucketView bucket)
    {
        _bucket = bucket;
        _watching = WatchAsync();
    }

    /// <summary>Objects and versions of objects read.</summary>
    public int Read { get; private set; }

    /// <summary>What was seen in part or damaged.</summary>
    public List<string> Damaged { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    /// <summary>Why these bytes are not what their key says, or null.</summary>
    public static string? Judge(string key, byte[] content)
    {
        if (key.StartsWith(Artifacts, StringComparison.Ordinal))
            return Convert.ToHexStringLower(SHA256.HashData(content)) == key[^64..] ? null : $"{key} does not hash to its name";
        if (!key.EndsWith(".json", StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(content);
            return null;
        }
        catch (JsonException exception)
        {
            return $"{key} is no whole JSON: {exception.Message}";
        }
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var (key, version) in await _bucket.ListAsync("", _end.Token))
                await LookAsync(key, version);
            await Task.Delay(Breath, _end.Token);
        }
    }

    private async Task LookAsync(string key, string version)
    {
        if (_seen.GetValueOrDefault(key) == version || await _bucket.ReadAsync(key, _end.Token) is not { } content)
            return;
        _seen[key] = version;
        Read++;
        if (Judge(key, content) is { } damage)
            Damaged.Add(damage);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Infrastructure.Collection;

namespace SparsePipeline.Chaos.Invariants;

/// <summary>Artifacts that nothing refers to: what a crash leaves between storing an artifact and naming it.</summary>
internal static partial class Orphans
{
    /// <summary>Collects them when every grace period is over and says what is wrong after that: an orphan that stayed, or a reference that points nowhere.</summary>
    public static async Task<IReadOnlyList<string>> CollectAsync(Topology topology, CancellationToken cancellationToken)
    {
        using var later = new RunClient(topology.Settings, Path.Combine(topology.Folder, "collector"), topology.Bus, new LaterTime(TimeSpan.FromDays(2)));
        await later.Get<Collector>().CollectAsync(dryRun: false, found: null, cancellationToken);
        var objects = await topology.Bucket.ListAsync("", cancellationToken);
        var stored = objects.Keys.Where(k => k.StartsWith("objects/", StringComparison.Ordinal)).Select(k => k[^64..]).ToHashSet(StringComparer.Ordinal);
        var documents = await ReadAsync(topology, objects.Keys.Where(k => k.EndsWith(".json", StringComparison.Ordinal)), cancellationToken);
        var named = documents.SelectMany(d => Digest().EnumerateAll(d.Text)).ToHashSet(StringComparer.Ordinal);
        var needed = documents.Where(d => d.Key.EndsWith("/result.json", StringComparison.Ordinal))
            .SelectMany(d => ReferredDigest().EnumerateAll(d.Text, group: 1)).Distinct(StringComparer.Ordinal);
        return
        [
            .. stored.Except(named).Select(digest => $"the orphan {digest} was not collected"),
            .. needed.Except(stored).Select(digest => $"the artifact {digest} that a result names is gone"),
        ];
    }

    private static async Task<List<(string Key, string Text)>> ReadAsync(Topology topology, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var documents = new List<(string, string)>();
        foreach (var key in keys)
            documents.Add((key, Encoding.UTF8.GetString(await topology.Bucket.ReadAsync(key, cancellationToken) ?? [])));
        return documents;
    }

    private static IEnumerable<string> EnumerateAll(this Regex expression, string text, int group = 0) =>
        expression.Matches(text).Select(m => m.Groups[group].Value);

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Digest();

    // The "digest" of an artifact reference; keys of steps are digests too and name no artifact.
    [GeneratedRegex("\"digest\":\\s*\"(?<digest>[0-9a-f]{64})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ReferredDigest();
}

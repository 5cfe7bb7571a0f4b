using System.Text.Json;
using SparsePipeline.Gateway.Adoption;

namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>Webhooks of GitHub: a release was published, or a workflow has ended well. Files are fetched from a bucket that mirrors them, never from GitHub.</summary>
internal sealed class GithubHook : IHookKind
{
    private const string File = ".safetensors";
    private const string Digest = "sha256:";
    private const int MostDelivery = 128;

    public string Name => "github";

    public IReadOnlyList<string> RuleFields => ["repository", "workflow", "mirror"];

    public bool IsSecretInAddress => false;

    public string NewSecret() => Proofs.NewSecret();

    public bool IsProven(Hook hook, HookMessage message, DateTimeOffset now) =>
        message.Header("X-GitHub-Delivery").Length is > 0 and <= MostDelivery && Proofs.IsOfAny(hook.Secrets, message.Header("X-Hub-Signature-256"), secret => Sign(secret, message.Body));

    /// <summary>The signature of a body.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) => "sha256=" + Proofs.MacInHex(secret, body);

    public Task<IReadOnlyList<HookNews>> ReadAsync(Hook hook, HookMessage message, CancellationToken cancellationToken) => Task.FromResult(Read(hook, message));

    private static IReadOnlyList<HookNews> Read(Hook hook, HookMessage message)
    {
        if (message.Json() is not { } json)
            return [];
        var delivery = message.Header("X-GitHub-Delivery");
        var found = (message.Header("X-GitHub-Event"), json.TextAt("action")) switch
        {
            ("release", "published") => OfRelease(hook, json),
            ("workflow_run", "completed") when json.TextAt("workflow_run", "conclusion") == "success" => OfWorkflow(hook, json),
            _ => [],
        };
        return [.. found.Select((file, i) => new HookNews($"/hooks/{hook.Name}", i == 0 ? delivery : $"{delivery}/{i}", JsonPaths.DataOf(hook, file.Model, file.Uri, sha256: file.Sha256)))];
    }

    private static List<(string Model, string Uri, string? Sha256)> OfRelease(Hook hook, JsonElement json) =>
        RuleFor(hook, json, workflow: null) is { } rule && json.TextAt("release", "tag_name") is { } tag
            ? [.. json.ListAt("release", "assets").Select(a => (Name: a.TextAt("name"), Digest: a.TextAt("digest")))
                .Where(a => a.Name?.EndsWith(File, StringComparison.Ordinal) == true)
                .Select(a => (rule.Model, Uri: AddressOf(rule, $"{tag}/{a.Name}"), DigestOf(a.Digest)))
                .Where(a => a.Uri is not null).Select(a => (a.Model, a.Uri!, a.Item3))]
            : [];

    private static List<(string Model, string Uri, string? Sha256)> OfWorkflow(Hook hook, JsonElement json) =>
        json.TextAt("workflow_run", "name") is { } workflow && RuleFor(hook, json, workflow) is { } rule && json.TextAt("workflow_run", "head_sha") is { } commit && AddressOf(rule, commit + File) is { } uri
            ? [(rule.Model, uri, null)]
            : [];

    private static HookRule? RuleFor(Hook hook, JsonElement json, string? workflow) =>
        hook.Rules.FirstOrDefault(r => r.Workflow == workflow && (r.Repository is null || r.Repository == json.TextAt("repository", "full_name")));

    private static string? AddressOf(HookRule rule, string file) => rule.Mirror is null ? null : SourceAddress.Parse($"{rule.Mirror.TrimEnd('/')}/{file}")?.ToString();

    private static string? DigestOf(string? digest) => digest?.StartsWith(Digest, StringComparison.Ordinal) == true ? digest[Digest.Length..] : null;
}

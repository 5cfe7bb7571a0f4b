using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>Webhook automations of Weights &amp; Biases, with a payload template that is the data of an event: <c>{"model": …, "uri": …, "sha256": …}</c>.</summary>
/// <remarks>They send an access token, or sign the body in hexadecimal digits, or both; whatever they send has to be right. No time is signed: the same body is the same event.</remarks>
internal sealed class WandbHook : IHookKind
{
    private const string Scheme = "Bearer ";

    public string Name => "wandb";

    public IReadOnlyList<string> RuleFields => [];

    public bool IsSecretInAddress => false;

    public string NewSecret() => Proofs.NewSecret();

    public bool IsProven(Hook hook, HookMessage message, DateTimeOffset now)
    {
        var (token, signature) = (message.Header("Authorization"), message.Header("X-Wandb-Signature"));
        var isTokenRight = Proofs.IsOfAny(hook.Secrets, token, secret => Scheme + secret);
        var isSignatureRight = Proofs.IsOfAny(hook.Secrets, signature, secret => Proofs.MacInHex(secret, message.Body));
        return (token.Length > 0 || signature.Length > 0) && (token.Length == 0 || isTokenRight) && (signature.Length == 0 || isSignatureRight);
    }

    public Task<IReadOnlyList<HookNews>> ReadAsync(Hook hook, HookMessage message, CancellationToken cancellationToken) => Task.FromResult(Read(hook, message));

    private static IReadOnlyList<HookNews> Read(Hook hook, HookMessage message)
    {
        // What the template does not fill in is no news: artifacts of other kinds have no such address.
        if (message.Json() is not { } json || json.TextAt("uri") is null || JsonObject.Create(json) is not { } data)
            return [];
        return [new HookNews($"/hooks/{hook.Name}", Convert.ToHexStringLower(SHA256.HashData(message.Body)), JsonPaths.DataOf(hook, data))];
    }
}

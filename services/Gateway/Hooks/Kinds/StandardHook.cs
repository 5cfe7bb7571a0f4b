using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>Messages as Standard Webhooks signs them: a CloudEvent, or the data of one.</summary>
internal sealed class StandardHook : IHookKind
{
    private const int MostId = 256;

    public string Name => "standard";

    public IReadOnlyList<string> RuleFields => [];

    public bool IsSecretInAddress => false;

    public string NewSecret() => StandardSignature.NewSecret();

    public bool IsProven(Hook hook, HookMessage message, DateTimeOffset now)
    {
        var id = message.Header("webhook-id");
        return id.Length is > 0 and <= MostId && !id.Any(char.IsControl)
            && StandardSignature.IsValid(hook.Secrets, id, message.Header("webhook-timestamp"), message.Body, message.Header("webhook-signature"), now);
    }

    public Task<IReadOnlyList<HookNews>> ReadAsync(Hook hook, HookMessage message, CancellationToken cancellationToken) => Task.FromResult(Read(hook, message));

    private static IReadOnlyList<HookNews> Read(Hook hook, HookMessage message)
    {
        if (message.Json() is not { } json || JsonObject.Create(json) is not { } data)
            return [];
        if (data.ContainsKey("specversion"))
        {
            if (json.TextAt("type") != EventTypes.CheckpointPublished || data["data"]?.DeepClone() is not JsonObject inner)
                return [];
            data = inner;
        }
        return [new HookNews($"/hooks/{hook.Name}", message.Header("webhook-id"), JsonPaths.DataOf(hook, data))];
    }
}

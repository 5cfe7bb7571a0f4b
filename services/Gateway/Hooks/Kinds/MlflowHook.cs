using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SparsePipeline.Gateway.Adoption;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>Webhooks of MLflow's model registry: a version was created, or was given an alias or a tag.</summary>
internal sealed class MlflowHook(IObjectStore store) : IHookKind
{
    private const string File = ".safetensors";
    private const int MostDelivery = 128;

    public string Name => "mlflow";

    public IReadOnlyList<string> RuleFields => ["name", "alias", "tag"];

    public bool IsSecretInAddress => false;

    public string NewSecret() => Proofs.NewSecret();

    public bool IsProven(Hook hook, HookMessage message, DateTimeOffset now)
    {
        var delivery = message.Header("X-MLflow-Delivery-Id");
        return delivery.Length is > 0 and <= MostDelivery
            && MlflowSignature.IsValid(hook.Secrets, delivery, message.Header("X-MLflow-Timestamp"), message.Body, message.Header("X-MLflow-Signature"), now);
    }

    public async Task<IReadOnlyList<HookNews>> ReadAsync(Hook hook, HookMessage message, CancellationToken cancellationToken)
    {
        if (message.Json() is not { } json || json.TextAt("data", "name") is not { } name || json.TextAt("data", "version") is not { } version)
            return [];
        var what = $"{json.TextAt("entity")} {json.TextAt("action")}";
        var source = json.TextAt("data", "source");
        if (what == "model_version created" && source is not null)
            await store.WriteAsync(PathOf(hook, name, version), Documents.Write(new MlflowVersion(name, version, source)), cancellationToken);
        else
            source = (await store.ReadAsync<MlflowVersion>(PathOf(hook, name, version), cancellationToken))?.Source;
        if (hook.Rules.FirstOrDefault(r => Fits(r, what, name, json)) is not { } rule || AddressOf(source) is not { } uri)
            return [];
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["mlflow-name"] = Short(name), ["mlflow-version"] = Short(version) };
        return [new HookNews($"/hooks/{hook.Name}", message.Header("X-MLflow-Delivery-Id"), JsonPaths.DataOf(hook, rule.Model, uri, tags: tags))];
    }

    private static bool Fits(HookRule rule, string what, string name, JsonElement json) => (rule.Name is null || rule.Name == name) && what switch
    {
        "model_version created" => rule.Alias is null && rule.Tag is null,
        "model_version_alias created" => rule.Tag is null && rule.Alias is not null && rule.Alias == json.TextAt("data", "alias"),
        "model_version_tag set" => rule.Alias is null && rule.Tag is not null && rule.Tag == $"{json.TextAt("data", "key")}={json.TextAt("data", "value")}",
        _ => false,
    };

    // A version is a folder as a rule, whose one safetensors file is meant; of stores that are no bucket nothing can be fetched.
    private static string? AddressOf(string? source) => source is null ? null
        : SourceAddress.Parse(source.EndsWith(File, StringComparison.Ordinal) ? source : source.TrimEnd('/') + "/")?.ToString();

    private static string Short(string text) => text.Length > 256 ? text[..256] : text;

    private static string PathOf(Hook hook, string name, string version) =>
        $"hooks/{hook.Name}/versions/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{version}")))[..32]}.json";
}

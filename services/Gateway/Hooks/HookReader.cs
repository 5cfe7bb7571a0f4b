using System.Text.Json;
using SparsePipeline.Gateway.Adoption;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Reads what a hook is to be, and tells all that is wrong with it at once.</summary>
internal static class HookReader
{
    private const int MostRules = 50;
    private const int MostText = 512;

    /// <exception cref="RefusedRequestException">400 with everything that is wrong.</exception>
    public static (HookRequest Request, IHookKind Kind) Read(JsonElement json, IReadOnlyList<IHookKind> kinds)
    {
        var body = new FieldReader(json);
        var (name, word) = (body.NameIn("name", required: true), body.Word("kind", [.. kinds.Select(k => k.Name)], required: true));
        var (model, recipe) = (body.NameIn("model"), body.NameIn("recipe"));
        var kind = kinds.FirstOrDefault(k => k.Name == word);
        var rules = body.Objects("rules", MostRules).Select(r => ReadRule(body, r, kind)).ToList();
        if (kind is { RuleFields.Count: > 0 } && rules.Count == 0)
            body.Wrong("rules", "missing or empty", $"Say which messages are news of which model: a list of objects with model and any of {string.Join(", ", kind.RuleFields)}.");
        if (kind is { RuleFields.Count: > 0 } && model is not null)
            body.Wrong("model", "given", "Give it in each rule.");
        if (kind is { RuleFields.Count: 0 } && rules.Count > 0)
            body.Wrong("rules", "given", $"Leave them out: messages of kind {kind.Name} name their model, or have that of the hook.");
        body.Done();
        return (new HookRequest(name!, word!, model, recipe, rules), kind!);
    }

    private static HookRule ReadRule(FieldReader body, FieldReader reader, IHookKind? kind)
    {
        var rule = new HookRule
        {
            Model = reader.NameIn("model", required: true) ?? "",
            Prefix = Text("prefix"),
            Suffix = Text("suffix"),
            Name = Text("name"),
            Alias = Text("alias"),
            Tag = Text("tag"),
            Repository = Text("repository"),
            Workflow = Text("workflow"),
            Mirror = Text("mirror"),
        };
        if (kind?.RuleFields.Contains("mirror") == true && (rule.Mirror is null || SourceAddress.Parse(rule.Mirror.TrimEnd('/') + "/") is null))
            reader.Wrong("mirror", "missing or no folder of a bucket", "Write s3://bucket/folder.");
        if (rule.Tag is { } tag && !tag.Contains('=', StringComparison.Ordinal))
            reader.Wrong("tag", $"'{tag}'", "Write key=value.");
        body.Take(reader);
        return rule;

        // Fields of other kinds are unknown fields.
        string? Text(string field) => kind is null || kind.RuleFields.Contains(field) ? reader.Text(field, MostText) : null;
    }
}

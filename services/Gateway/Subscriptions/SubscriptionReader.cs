using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>Reads a subscription as it comes over HTTP, and refuses all at once what is wrong with it.</summary>
internal static class SubscriptionReader
{
    private const int Most = 256;
    private const double MostSeconds = 86_400;
    private const string Checkpoint = "pretraining.checkpoint";

    /// <exception cref="RefusedRequestException">400 with everything that is wrong.</exception>
    public static Subscription Read(string name, JsonElement json, string keyId)
    {
        var body = new FieldReader(json);
        if (body.NameIn("name") is { } said && said != name)
            body.Wrong("name", $"'{said}'", $"Leave it out, or give '{name}' as the address does.");
        var (match, recipe) = (ReadMatch(body), ReadRecipe(body));
        var concurrency = body.Whole("concurrency", least: 1, most: 1000);
        var debounce = body.Number("debounceSeconds", least: 0, MostSeconds);
        var superseded = body.Word("superseded", [Subscription.Finish, Subscription.Cancel]);
        var perDay = body.Whole("maxPerDay", least: 1, most: 100_000);
        body.Done();
        var standard = new Subscription { Name = name, Match = match!, Recipe = recipe!, WrittenBy = keyId, Nonce = Guid.NewGuid().ToString("N") };
        return standard with
        {
            Concurrency = (int)(concurrency ?? standard.Concurrency),
            DebounceSeconds = debounce ?? standard.DebounceSeconds,
            Superseded = superseded ?? standard.Superseded,
            MaxPerDay = (int)(perDay ?? standard.MaxPerDay),
        };
    }

    /// <summary>The fields that are set in the recipe, each with its value as JSON.</summary>
    public static IReadOnlyDictionary<string, string>? Values(this SubscribedRecipe recipe) =>
        recipe.Set?.Where(s => s.Key != Checkpoint).ToDictionary(s => s.Key, s => s.Value.GetRawText(), StringComparer.Ordinal);

    private static EventMatch? ReadMatch(FieldReader body)
    {
        if (body.Object("match", required: true) is not { } reader)
            return null;
        var model = reader.NameIn("model", required: true);
        var tags = ReadTexts(reader, "tags", _ => true);
        var metrics = ReadTexts(reader, "metrics", text => MetricBound.Parse(text) is not null);
        body.Take(reader);
        return model is null ? null : new EventMatch { Model = model, Tags = tags, Metrics = metrics };
    }

    private static SortedDictionary<string, string>? ReadTexts(FieldReader match, string field, Func<string, bool> fits)
    {
        if (match.Object(field) is not { } reader)
            return null;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in reader.All())
        {
            if (one.Value.ValueKind == JsonValueKind.String && one.Value.GetString() is { Length: > 0 and <= Most } text && one.Name.Length is > 0 and <= Most && fits(text))
                found[one.Name] = text;
            else
                reader.Wrong(one.Name.Length > 40 ? one.Name[..40] : one.Name, "no value that can be compared", field == "metrics" ? "Write a bound, such as \">= 0.97\"." : "Write a text.");
        }
        match.Take(reader);
        return found;
    }

    private static SubscribedRecipe? ReadRecipe(FieldReader body)
    {
        if (body.Object("recipe", required: true) is not { } reader)
            return null;
        var name = reader.NameIn("name", required: true);
        SortedDictionary<string, JsonElement>? set = null;
        if (reader.Object("set") is { } values)
        {
            set = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var value in values.All())
            {
                set[value.Name] = value.Value;
                if (value.Name == Checkpoint && !(value.Value.ValueKind == JsonValueKind.String && value.Value.GetString() == "$checkpoint"))
                    values.Wrong(Checkpoint, "another than the event's", "Write \"$checkpoint\", or leave it out.");
            }
            reader.Take(values);
        }
        body.Take(reader);
        return name is null ? null : new SubscribedRecipe { Name = name, Set = set };
    }
}

using System.Text;
using CsCheck;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>Random sequences of operations must leave every <see cref="IObjectStore"/> where they leave a dictionary.</summary>
public abstract class ObjectStoreModelTests
{
    private static readonly string[] Keys = ["a/x.json", "a/y.json", "a-b/x.json", "c.json"];

    private static readonly string[] Texts = ["", "1", "22"];

    private static readonly Gen<(int Kind, string Key, string Text)[]> Operations =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3].Select(i => Keys[i]), Gen.Int[0, 2].Select(i => Texts[i])).Array[0, 25];

    /// <summary>Sequences to try; each gets an empty store.</summary>
    protected virtual int Sequences => 60;

    [Fact]
    public void A_store_is_a_dictionary_with_versions() => Operations.Sample(
        operations => WithStoreAsync(store => AgreeAsync(store, operations)).GetAwaiter().GetResult(), iter: Sequences, threads: 1);

    /// <summary>Runs with an empty store.</summary>
    protected abstract Task<bool> WithStoreAsync(Func<IObjectStore, Task<bool>> run);

    private static async Task<bool> AgreeAsync(IObjectStore store, (int Kind, string Key, string Text)[] operations)
    {
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var seen = Keys.ToDictionary(k => k, _ => (Version: "never", Text: (string?)null));
        foreach (var (kind, key, text) in operations)
        {
            if (!await ApplyAsync(store, model, seen, kind, key, text) || !await SameAsync(store, model, seen))
                return false;
        }
        return true;
    }

    private static async Task<bool> ApplyAsync(
        IObjectStore store, SortedDictionary<string, string> model, Dictionary<string, (string Version, string? Text)> seen, int kind, string key, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        switch (kind)
        {
            case 0:
                return await store.TryCreateAsync(key, content, default) == model.TryAdd(key, text);
            case 1:
                await store.WriteAsync(key, content, default);
                model[key] = text;
                return true;
            case 2:
                await store.DeleteAsync(key, default);
                model.Remove(key);
                return true;
            case 3: // Read, so that a later replacement may use this version, current or old by then.
                var read = await store.ReadAsync(key, default);
                seen[key] = read is null ? ("never", null) : (read.Version, Encoding.UTF8.GetString(read.Content.Span));
                return true;
            default: // Equal versions mean equal content, so the model may compare content.
                var expected = model.TryGetValue(key, out var current) && current == seen[key].Text;
                var replaced = await store.TryReplaceAsync(key, content, seen[key].Version, default) is not null;
                if (expected)
                    model[key] = text;
                return replaced == expected;
        }
    }

    private static async Task<bool> SameAsync(
        IObjectStore store, SortedDictionary<string, string> model, Dictionary<string, (string Version, string? Text)> seen)
    {
        var listed = new List<string>();
        await foreach (var key in store.ListAsync("", default))
            listed.Add(key);
        foreach (var key in Keys)
        {
            var text = await store.ReadAsync(key, default) is { } document ? Encoding.UTF8.GetString(document.Content.Span) : null;
            if (text != model.GetValueOrDefault(key))
                return false;
        }
        return listed.SequenceEqual(model.Keys, StringComparer.Ordinal);
    }
}

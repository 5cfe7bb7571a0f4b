using System.Text;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>What every <see cref="IObjectStore"/> must do; an implementation is tested by deriving from this.</summary>
public abstract class ObjectStoreConformance
{
    private const string Key = "steps/a1/claim.json";
    private static readonly ReadOnlyMemory<byte> One = "one"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Two = "two"u8.ToArray();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IObjectStore Store { get; }

    [Fact]
    public async Task What_was_never_written_reads_as_nothing() => (await Store.ReadAsync(Key, Token)).ShouldBeNull();

    [Fact]
    public async Task The_first_to_create_wins_and_the_second_changes_nothing()
    {
        (await Store.TryCreateAsync(Key, One, Token)).ShouldBeTrue();
        (await Store.TryCreateAsync(Key, Two, Token)).ShouldBeFalse();

        (await ReadTextAsync(Key)).ShouldBe("one");
    }

    [Fact]
    public async Task Of_many_who_create_at_once_exactly_one_wins_and_all_read_its_content()
    {
        var winners = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => Task.Run(() => Store.TryCreateAsync(Key, Encoding.UTF8.GetBytes($"{i}"), Token), Token)));

        winners.Count(won => won).ShouldBe(1);
        (await ReadTextAsync(Key)).ShouldBe($"{Array.IndexOf(winners, true)}");
    }

    [Fact]
    public async Task A_replacement_of_the_version_read_succeeds_and_gives_the_new_version()
    {
        await Store.WriteAsync(Key, One, Token);
        var read = (await Store.ReadAsync(Key, Token))!;

        var version = await Store.TryReplaceAsync(Key, Two, read.Version, Token);

        version.ShouldBe((await Store.ReadAsync(Key, Token))!.Version);
        version.ShouldNotBe(read.Version);
        (await ReadTextAsync(Key)).ShouldBe("two");
    }

    [Fact]
    public async Task A_replacement_of_an_older_version_is_refused()
    {
        await Store.WriteAsync(Key, One, Token);
        var old = (await Store.ReadAsync(Key, Token))!.Version;
        await Store.WriteAsync(Key, Two, Token);

        (await Store.TryReplaceAsync(Key, One, old, Token)).ShouldBeNull();

        (await ReadTextAsync(Key)).ShouldBe("two");
    }

    [Fact]
    public async Task Nothing_cannot_be_replaced()
    {
        await Store.WriteAsync(Key, One, Token);
        var version = (await Store.ReadAsync(Key, Token))!.Version;
        await Store.DeleteAsync(Key, Token);

        (await Store.TryReplaceAsync(Key, Two, version, Token)).ShouldBeNull();

        (await Store.ReadAsync(Key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_who_replace_one_version_exactly_one_wins()
    {
        await Store.WriteAsync(Key, One, Token);
        var version = (await Store.ReadAsync(Key, Token))!.Version;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => Task.Run(() => Store.TryReplaceAsync(Key, Encoding.UTF8.GetBytes($"new {i}"), version, Token), Token)));

        outcomes.Count(o => o is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Writing_replaces_whatever_is_there()
    {
        await Store.WriteAsync(Key, One, Token);
        await Store.WriteAsync(Key, Two, Token);

        (await ReadTextAsync(Key)).ShouldBe("two");
    }

    [Fact]
    public async Task What_was_deleted_can_be_created_again()
    {
        await Store.WriteAsync(Key, One, Token);
        await Store.DeleteAsync(Key, Token);
        await Store.DeleteAsync(Key, Token);

        (await Store.ReadAsync(Key, Token)).ShouldBeNull();
        (await Store.TryCreateAsync(Key, Two, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_are_listed_in_ordinal_order_below_their_prefix_only()
    {
        string[] keys = ["runs/a/x.json", "runs/a-b/x.json", "runs/B/x.json", "runs/a.json", "runs/ab/c/d.json", "runsx/y.json", "steps/z.json"];
        foreach (var key in keys)
            await Store.WriteAsync(key, One, Token);

        (await ListAsync("runs/")).ShouldBe(["runs/B/x.json", "runs/a-b/x.json", "runs/a.json", "runs/a/x.json", "runs/ab/c/d.json"]);
        (await ListAsync("runs/a")).ShouldBe(["runs/a-b/x.json", "runs/a.json", "runs/a/x.json", "runs/ab/c/d.json"]);
        (await ListAsync("runs/a/")).ShouldBe(["runs/a/x.json"]);
        (await ListAsync("")).ShouldBe(keys.Order(StringComparer.Ordinal));
        (await ListAsync("nothing/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_that_starts_after_a_text_has_what_comes_after_it_whether_such_a_key_exists_or_not()
    {
        string[] keys = ["runs/B/x.json", "runs/a-b/x.json", "runs/a.json", "runs/a/x.json", "runs/a/y.json", "runs/ab/c/d.json"];
        foreach (var key in keys)
            await Store.WriteAsync(key, One, Token);
        string[] starts = ["", "runs/", "runs/a", "runs/a/", "runs/a/x.json", "runs/a/x.json0", "runs/a-b/~", "runs/a/~", "runs/ab/c/d.json", "runs/b", "s", .. keys];

        foreach (var start in starts)
        {
            (await ListAsync("runs/", start)).ShouldBe(keys.Where(k => string.CompareOrdinal(k, start) > 0), start);
            (await ListAsync("runs/a/", start)).ShouldBe(keys.Where(k => k.StartsWith("runs/a/", StringComparison.Ordinal) && string.CompareOrdinal(k, start) > 0), start);
        }
    }

    [Fact]
    public async Task An_empty_and_a_largest_document_come_back_as_they_were()
    {
        var largest = new byte[1024 * 1024];
        new Random(1).NextBytes(largest);
        await Store.WriteAsync("steps/empty.json", ReadOnlyMemory<byte>.Empty, Token);
        await Store.WriteAsync("steps/largest.json", largest, Token);

        (await Store.ReadAsync("steps/empty.json", Token))!.Content.Length.ShouldBe(0);
        (await Store.ReadAsync("steps/largest.json", Token))!.Content.Span.SequenceEqual(largest).ShouldBeTrue();
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused() =>
        (await Should.ThrowAsync<ArgumentException>(() => Store.WriteAsync(Key, new byte[1024 * 1024 + 1], Token))).Message.ShouldContain("1048576");

    [Theory]
    [InlineData("")]
    [InlineData("claim")]
    [InlineData("/etc/passwd.json")]
    [InlineData("../outside.json")]
    [InlineData("steps/../../outside.json")]
    [InlineData("steps/./a.json")]
    [InlineData("steps//a.json")]
    [InlineData("steps/.hidden.json")]
    [InlineData("steps/a.json/b.json")]
    [InlineData("steps/a b.json")]
    [InlineData("steps/ä.json")]
    [InlineData("steps/a\0.json")]
    [InlineData("steps\\a.json")]
    public async Task A_key_that_could_leave_the_store_is_refused_everywhere(string key)
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.ReadAsync(key, Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.TryCreateAsync(key, One, Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.TryReplaceAsync(key, One, "v", Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.WriteAsync(key, One, Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.DeleteAsync(key, Token));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("/")]
    [InlineData("runs/../")]
    [InlineData("*")]
    public async Task A_prefix_that_could_leave_the_store_is_refused(string prefix) => await Should.ThrowAsync<ArgumentException>(() => ListAsync(prefix));

    [Fact]
    public async Task A_cancelled_operation_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Store.TryCreateAsync(Key, One, cancelled.Token));

        (await Store.ReadAsync(Key, Token)).ShouldBeNull();
    }

    protected async Task<string[]> ListAsync(string prefix, string? startAfter = null)
    {
        var keys = new List<string>();
        await foreach (var key in startAfter is null ? Store.ListAsync(prefix, Token) : Store.ListAsync(prefix, startAfter, Token))
            keys.Add(key);
        return [.. keys];
    }

    private async Task<string> ReadTextAsync(string key) => Encoding.UTF8.GetString((await Store.ReadAsync(key, Token))!.Content.Span);
}

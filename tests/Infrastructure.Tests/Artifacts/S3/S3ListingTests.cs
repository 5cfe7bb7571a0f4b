using SparsePipeline.Infrastructure.Artifacts.S3;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

public sealed class S3ListingTests
{
    private static readonly string[] Keys = ["a", "b", "c", "d", "e"];

    [Theory]
    [InlineData(null, "a b c d e", 3)]
    [InlineData("b", "c d e", 2)]
    [InlineData("bb", "c d e", 2)]
    [InlineData("e", "", 1)]
    public async Task Pages_are_asked_for_from_where_the_listing_begins(string? after, string expected, int pages)
    {
        var asked = new List<string?>();
        var listing = new S3Listing((key, _) => Page(key, asked), after);

        (await AllAsync(listing)).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        asked.Count.ShouldBe(pages);
        asked[0].ShouldBe(after);
    }

    [Fact]
    public async Task What_was_cut_off_goes_on_after_the_last_entry()
    {
        var asked = new List<string?>();
        var fails = true;
        var listing = new S3Listing((key, _) => key == "b" && fails ? throw new IOException() : Page(key, asked));
        using var guard = Guard();
        (await listing.NextAsync(guard))!.Key.ShouldBe("a");
        (await listing.NextAsync(guard))!.Key.ShouldBe("b");
        await Should.ThrowAsync<IOException>(() => listing.NextAsync(guard));

        fails = false;

        (await AllAsync(listing)).ShouldBe(["c", "d", "e"]);
        asked.ShouldBe([null, "b", "d"]);
    }

    [Fact]
    public async Task A_server_that_begins_anew_with_each_page_is_not_asked_for_ever()
    {
        var listing = new S3Listing((_, _) => Page(after: null, []));

        await Should.ThrowAsync<S3RequestException>(() => AllAsync(listing));
    }

    private static StallGuard Guard() => new(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    private static Task<S3Page> Page(string? after, List<string?> asked)
    {
        asked.Add(after);
        var rest = Keys.Where(k => string.CompareOrdinal(k, after) > 0).ToList();
        return Task.FromResult(new S3Page([.. rest.Take(2).Select(k => new S3Entry(k, 1, default))], rest.Count <= 2));
    }

    private static async Task<List<string>> AllAsync(S3Listing listing)
    {
        using var guard = Guard();
        var all = new List<string>();
        while (await listing.NextAsync(guard) is { } entry)
            all.Add(entry.Key);
        return all;
    }
}

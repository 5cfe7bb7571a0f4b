using SparsePipeline.Cli.Settings;
using SparsePipeline.Cli.Store;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class CollectCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_yes_nothing_is_deleted_and_with_it_what_nothing_refers_to_is()
    {
        await StoreAsync("nobody knows me", hoursAgo: 3);

        var looked = await InvokeAsync("gc", "--grace", "2h", "--json");
        var deleted = await InvokeAsync("gc", "--grace", "2h", "--yes", "--json");
        var after = await InvokeAsync("gc", "--grace", "2h", "--dry-run", "--json");

        (Deleted(looked), Deleted(deleted), Deleted(after)).ShouldBe((1, 1, 0));
        looked.Json.GetProperty("report").GetProperty("isDryRun").GetBoolean().ShouldBeTrue();
        looked.Json.GetProperty("largest")[0].GetProperty("sizeBytes").GetInt64().ShouldBe("nobody knows me".Length);
    }

    [Fact]
    public async Task What_was_just_stored_is_spared_and_people_get_a_table()
    {
        await StoreAsync("somebody will refer to me");

        var run = await InvokeAsync("gc", "--yes");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldMatch(@"within the grace period +1 +25 B");
        run.Output.ShouldMatch(@"deleted +0 +0 B");
    }

    [Theory]
    [InlineData("--grace", "soon")]
    [InlineData("--grace", "-1h")]
    [InlineData("--grace", "5m")]
    [InlineData("--dry-run", "--yes")]
    public async Task What_makes_no_sense_is_refused(string first, string second)
    {
        await StoreAsync("x");

        (await InvokeAsync("gc", first, second)).ExitCode.ShouldBe(ExitCodes.Usage);
    }

    private static int Deleted(CliRun run) => run.Json.GetProperty("report").GetProperty("deleted").GetProperty("count").GetInt32();

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _folder.File("store")]);

    private async Task StoreAsync(string content, int hoursAgo = 0)
    {
        await using var store = LocalStore.Open(CommandSettings.OfFolder(_folder.File("store")));
        var file = store.Artifacts.CreateTemporaryPath();
        await File.WriteAllTextAsync(file, content);
        var blob = await store.Artifacts.FetchAsync(await store.Artifacts.StoreAsync(file, "text", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(blob, DateTime.UtcNow.AddHours(-hoursAgo));
    }
}

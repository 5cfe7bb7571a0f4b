using System.Text.Json;
using SparsePipeline.Cli.Settings;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>The commands that look after a store, against a bucket of a real S3 server that a profile names.</summary>
[Collection(ProfileTests.Collection)]
public sealed class BucketCommandTests(ObjectStoreServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ObjectStoreBucket _bucket = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bucket = await server.CreateBucketAsync(Token);
        var settings = _bucket.Settings.GroupBy(s => s.Key.Split(':')[0]).ToDictionary(g => g.Key, g => g.ToDictionary(s => s.Key.Split(':')[1], s => s.Value));
        settings["Store"]["Folder"] = _folder.File("copies");
        await File.WriteAllTextAsync(_folder.File("bucket.settings.json"), JsonSerializer.Serialize(settings), Token);
        Environment.SetEnvironmentVariable(Profiles.FolderVariable, _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Profiles.FolderVariable, null);
        if (_bucket is not null)
            await _bucket.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Verify_finds_what_is_damaged_in_a_bucket_and_repair_has_it_made_again()
    {
        var recipe = SmallRecipe.Write(_folder.File("small.yaml"));
        var run = await InvokeAsync("run", recipe, "--runners", "1");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        (await InvokeAsync("verify", "--deep")).ExitCode.ShouldBe(ExitCodes.Ok);
        var blobs = (await _bucket.KeysAsync(Token)).Where(k => k.StartsWith("objects/", StringComparison.Ordinal)).ToList();
        var result = await ResultAsync();
        var damaged = blobs.Single(b => b.EndsWith(result.Digest, StringComparison.Ordinal));
        await _bucket.OverwriteAsync(damaged, new byte[result.Size], Token);

        var shallow = await InvokeAsync("verify");
        var verified = await InvokeAsync("verify", "--deep", "--json");
        var looked = await InvokeAsync("repair", result.Digest);
        var repaired = await InvokeAsync("repair", result.Digest, "--yes", "--runners", "1");
        var after = await InvokeAsync("verify", "--deep", "--json");

        shallow.ExitCode.ShouldBe(ExitCodes.Ok, "it has its size");
        verified.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        verified.Json.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("blob").GetProperty("digest").GetString()).Distinct().ShouldBe([result.Digest]);
        looked.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        looked.Output.ShouldContain($"damaged    {result.Digest}");
        repaired.ExitCode.ShouldBe(ExitCodes.Ok, repaired.Error + repaired.Output);
        (after.ExitCode, after.Json.GetProperty("problems").GetArrayLength()).ShouldBe((ExitCodes.Ok, 0));
        (await _bucket.KeysAsync(Token)).Where(k => k.StartsWith("objects/", StringComparison.Ordinal)).ShouldBe(blobs);
    }

    // The checkpoint of the dense training, from which everything else was made.
    private async Task<(string Digest, int Size)> ResultAsync()
    {
        await using var store = Store.LocalStore.Open(CommandSettings.Read("bucket", folder: null));
        var plan = await store.Planner.PlanAsync(await store.Runs.ListAsync(Token).SingleAsync(Token), Token);
        var checkpoint = plan!.Steps.Single(s => s.Node == "dense").Result!.Outputs["checkpoint"];
        return (checkpoint.Digest, (int)checkpoint.SizeBytes);
    }

    private static Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--profile", "bucket"]);
}

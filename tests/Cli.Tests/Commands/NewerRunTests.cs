using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>What the commands say of a run that another version submitted.</summary>
public sealed class NewerRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Show_names_the_step_that_this_version_does_not_know_and_the_run_is_not_finished()
    {
        var runId = Store(graph =>
        {
            graph["nodes"]![0]!["kind"] = "distill";
            graph["nodes"]![0]!["spec"]!["kind"] = "distill";
        });

        var shown = await InvokeAsync("runs", "show", runId);
        var json = (await InvokeAsync("runs", "show", runId, "--json")).Json;

        shown.ExitCode.ShouldBe(ExitCodes.Ok, shown.Error);
        shown.Output.ShouldContain($"{runId}: unfinished");
        shown.Output.ShouldContain("waits for workers of the version that submitted it: this version does not know all of dense (kind 'distill')");
        json.GetProperty("steps")[0].GetProperty("unknown").GetString().ShouldNotBeNullOrEmpty();
        (await InvokeAsync("runs", "list")).Output.ShouldContain("unfinished");
    }

    [Fact]
    public async Task Show_says_why_a_step_rests_and_who_holds_one()
    {
        var runId = Store(_ => { });
        var key = (await InvokeAsync("runs", "show", runId, "--json")).Json.GetProperty("steps")[0].GetProperty("key").GetString()!;
        var claim = Path.Combine(Directory.CreateDirectory(_folder.File($"store/steps/{key}")).FullName, "claim.json");

        await File.WriteAllTextAsync(claim, """{ "owner": "paused", "at": "2026-01-02T03:04:05Z", "fault": "There is no hook 'x'." }""", TestContext.Current.CancellationToken);
        (await InvokeAsync("runs", "show", runId)).Output.ShouldContain("dense: it rests since 2026-01-02 03:04:05Z. There is no hook 'x'.");
        await File.WriteAllTextAsync(claim, """{ "owner": "host-1-abc", "at": "2026-01-02T03:04:05Z" }""", TestContext.Current.CancellationToken);

        (await InvokeAsync("runs", "show", runId)).Output.ShouldContain("dense (held by host-1-abc, which was heard of at 2026-01-02 03:04:05Z)");
        (await InvokeAsync("runs", "show", runId, "--json")).Json.GetProperty("steps")[0].GetProperty("holder").GetString().ShouldBe("host-1-abc");
    }

    [Fact]
    public async Task A_graph_that_cannot_be_read_is_told_and_its_run_is_listed_as_unfinished()
    {
        var runId = Store(graph => graph["version"] = 2);

        (await InvokeAsync("runs", "show", runId)).Error.ShouldContain("was compiled by another version");
        (await InvokeAsync("runs", "list")).Output.ShouldContain("unfinished");
    }

    [Fact]
    public async Task Resuming_does_not_start_another_run_in_its_place()
    {
        var runId = Store(_ => { });
        var before = Directory.GetDirectories(_folder.File("store/runs"));

        var resumed = await InvokeAsync("runs", "resume", runId, "--runners", "1");

        resumed.ExitCode.ShouldNotBe(ExitCodes.Ok);
        resumed.Error.ShouldContain("fields that this version of SparsePipeline does not know");
        Directory.GetDirectories(_folder.File("store/runs")).ShouldBe(before);
    }

    /// <summary>A recipe with a field of its own, and the graph that its version made of it.</summary>
    private string Store(Action<JsonObject> change)
    {
        var known = RecipeFile.Read(SmallRecipe.Write(_folder.File("small.yaml")));
        var recipe = JsonNode.Parse(CanonicalJson.Serialize(known))!.AsObject();
        recipe["pretraining"]!["temperature"] = 2;
        var digest = Digest(recipe);
        var graph = JsonNode.Parse(GraphJson.Write(GraphCompiler.Compile(known) with { Recipe = digest }))!.AsObject();
        graph.Remove("digest");
        change(graph);
        graph["digest"] = Digest(graph);
        var runId = $"small-{digest[..12]}";
        var run = Directory.CreateDirectory(_folder.File($"store/runs/{runId}")).FullName;
        File.WriteAllText(Path.Combine(run, "recipe.json"), recipe.ToJsonString());
        File.WriteAllText(Path.Combine(run, "graph.json"), graph.ToJsonString());
        return runId;
    }

    private static string Digest(JsonNode json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToJsonString())));

    private Task<CliRun> InvokeAsync(params string[] args) => CliRun.InvokeAsync([.. args, "--store", _folder.File("store")]);
}

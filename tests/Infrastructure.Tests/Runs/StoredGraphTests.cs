using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Tests.Runs;

/// <summary>Runs are planned by the graph that was compiled when they were submitted, by whichever version.</summary>
public sealed class StoredGraphTests : IDisposable
{
    private readonly RunWorld _world = new();
    private readonly Recipe _recipe = RunWorld.Recipe();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Submission_stores_the_graph_once()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        var first = await ReadAsync(runId, "graph.json");

        await _world.Runs.SubmitAsync(_recipe, Token);

        (await ReadAsync(runId, "graph.json")).ShouldBe(first);
        first.ShouldBe(GraphJson.Write(GraphCompiler.Compile(_recipe)));
    }

    [Fact]
    public async Task A_run_is_planned_by_what_is_stored_and_not_by_what_this_version_makes_of_the_recipe()
    {
        var runId = await StoreAsync(_recipe, json => json["nodes"]![0]!["spec"]!["epochs"] = 17);

        var dense = (await _world.Planner.PlanAsync(runId, Token))!.Ready.Single();

        ((TrainSpec)dense.Spec!).Epochs.ShouldBe(17);
        (await _world.Planner.PlanAsync(_recipe, Token)).Ready.Single().Key.ShouldBe(dense.Key);
        (await _world.NewSubmission().SubmitAsync(_recipe, Token)).Ready.Single().Key.ShouldBe(dense.Key);
    }

    [Fact]
    public async Task A_run_that_was_submitted_before_there_were_graphs_gets_its_own_when_a_worker_plans_it()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        var graph = await ReadAsync(runId, "graph.json");
        await _world.Objects.DeleteAsync($"runs/{runId}/graph.json", Token);

        (await _world.Planner.PlanAsync(runId, Token))!.Ready.Single().Key.ShouldBe(await _world.DenseKeyAsync(_recipe));
        (await ReadAsync(runId, "graph.json")).ShouldBeNull("looking at a run changes nothing");
        (await _world.NewPlanner().KnowsAsync(runId, Token)).ShouldBeTrue();

        (await ReadAsync(runId, "graph.json")).ShouldBe(graph);
    }

    [Fact]
    public async Task A_process_that_read_a_graph_before_it_was_damaged_goes_by_the_one_that_replaced_it()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        var before = (await _world.Planner.PlanAsync(runId, Token))!.Ready.Single().Key;
        await _world.Objects.WriteAsync($"runs/{runId}/graph.json", "{}"u8.ToArray(), Token);
        (await _world.Planner.ReviewAsync(runId, Token))!.Ready.Single().Key.ShouldBe(before, "what was read before is as good as ever");

        await StoreAsync(_recipe, json => json["nodes"]![0]!["spec"]!["epochs"] = 17);

        ((TrainSpec)(await _world.Planner.ReviewAsync(runId, Token))!.Ready.Single().Spec!).Epochs.ShouldBe(17);
        ((TrainSpec)(await _world.Planner.PlanAsync(runId, Token))!.Ready.Single().Spec!).Epochs.ShouldBe(17);
    }

    [Fact]
    public async Task A_damaged_graph_is_refused_and_submitting_again_replaces_it()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        var graph = await ReadAsync(runId, "graph.json");
        await _world.Objects.WriteAsync($"runs/{runId}/graph.json", graph![..^40], Token);

        (await RefusalAsync(runId)).Code.ShouldBe(FailureCodes.CorruptArtifact);
        await _world.Runs.SubmitAsync(_recipe, Token);

        (await ReadAsync(runId, "graph.json")).ShouldBe(graph);
    }

    [Fact]
    public async Task A_run_of_a_version_whose_recipes_did_not_say_what_their_schedule_asks_is_planned_as_that_version_planned_it()
    {
        var old = _recipe with { Retraining = _recipe.Retraining with { Schedule = "ALLR" } };
        var bytes = CanonicalJson.Serialize(old);
        Encoding.UTF8.GetString(bytes).ShouldNotContain("needsCutMeasures", customMessage: "it is as those versions stored it");
        var runId = RunId.Of(old);
        await _world.Objects.WriteAsync($"runs/{runId}/recipe.json", bytes, Token);

        (await _world.NewPlanner().KnowsAsync(runId, Token)).ShouldBeTrue();

        var graph = GraphJson.Read(await ReadAsync(runId, "graph.json"), "graph.json");
        var asking = GraphCompiler.Compile(old with { Retraining = old.Retraining with { NeedsCutMeasures = true } });
        GraphJson.Write(graph).ShouldBe(GraphJson.Write(asking with { Recipe = graph.Recipe }));
        await _world.NewSubmission().SubmitAsync(old, Token);
        _world.Bus.Submitted.ShouldBe([runId], "resuming it resumes it");
    }

    [Fact]
    public async Task A_graph_that_was_only_compiled_here_gives_way_to_the_one_that_another_version_stores()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        await _world.Objects.DeleteAsync($"runs/{runId}/graph.json", Token);
        await _world.Planner.PlanAsync(runId, Token);

        await StoreAsync(_recipe, json => json["nodes"]![0]!["spec"]!["epochs"] = 17);

        ((TrainSpec)(await _world.Planner.PlanAsync(runId, Token))!.Ready.Single().Spec!).Epochs.ShouldBe(17);
    }

    [Fact]
    public async Task Of_two_that_replace_a_damaged_graph_the_first_counts()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        var key = $"runs/{runId}/graph.json";
        await _world.Objects.WriteAsync(key, "{"u8.ToArray(), Token);
        var theirs = GraphJson.Write(GraphCompiler.Compile(_recipe) with { Network = "another" });

        await new RunStore(new Overtaken(_world.Objects, key, theirs), _world.Time).SubmitAsync(_recipe, Token);

        (await ReadAsync(runId, "graph.json")).ShouldBe(theirs);
    }

    [Fact]
    public async Task A_graph_of_another_recipe_is_refused()
    {
        var runId = await _world.Runs.SubmitAsync(_recipe, Token);
        await _world.Objects.WriteAsync($"runs/{runId}/graph.json", GraphJson.Write(GraphCompiler.Compile(_recipe with { Seed = 2 })), Token);

        (await RefusalAsync(runId)).Code.ShouldBe(FailureCodes.ForeignRecipe);
    }

    [Fact]
    public async Task A_recipe_with_a_field_that_this_version_does_not_know_is_planned_as_the_version_that_knows_it_compiled_it()
    {
        var runId = await StoreNewerAsync(withGraph: true);

        var plan = (await _world.Planner.PlanAsync(runId, Token))!;

        plan.Ready.Single().Node.ShouldBe(NodeNames.Dense);
        (await _world.Planner.KnowsAsync(runId, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_graph_such_a_run_waits_and_says_for_whom()
    {
        var runId = await StoreNewerAsync(withGraph: false);
        await _world.Runs.ActivateAsync(runId, Token);

        var refusal = await RefusalAsync(runId);
        await _world.NewSweep().SweepAsync(() => { }, Token);

        (refusal.Code, refusal.Reason).ShouldBe((
            FailureCodes.NewerVersion,
            $"The recipe of run '{runId}' has fields that this version of SparsePipeline does not know: another version submitted it."));
        (await _world.Runs.ReadEndAsync(runId, Token)).ShouldBeNull("it has not failed");
        (await _world.ActiveAsync()).ShouldBe([runId]);
    }

    [Fact]
    public async Task A_step_that_this_version_does_not_know_does_not_end_its_run_and_is_nudged_for_those_who_do()
    {
        var runId = await StoreAsync(_recipe, json => json["nodes"]![0]!["spec"]!["gravity"] = 9.81);

        var plan = (await _world.Planner.PlanAsync(runId, Token))!;
        await _world.NewSweep().SweepAsync(() => { }, Token);

        plan.Ready.Single().Unknown.ShouldBe("it does not know all of gravity");
        plan.Ready.Single().Spec.ShouldBeNull();
        plan.Ready.Single().Key.ShouldNotBe(GraphKey(_recipe));
        _world.Bus.Nudged.ShouldBe([runId]);
    }

    private static string GraphKey(Recipe recipe) => RunGraph.Of(recipe).Plan(new NoResults(), default).Ready.Single().Key!;

    private async Task<byte[]?> ReadAsync(string runId, string name) => (await _world.Objects.ReadAsync($"runs/{runId}/{name}", Token))?.Content.ToArray();

    private async Task<StepFailure> RefusalAsync(string runId) =>
        (await Should.ThrowAsync<DomainException>(() => _world.NewPlanner().PlanAsync(runId, Token))).Failure;

    // As another version would have submitted it.
    private async Task<string> StoreAsync(Recipe recipe, Action<JsonObject> change)
    {
        var runId = await _world.Runs.SubmitAsync(recipe, Token);
        var json = JsonNode.Parse(GraphJson.Write(GraphCompiler.Compile(recipe)))!.AsObject();
        json.Remove("digest");
        change(json);
        json["digest"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToJsonString())));
        await _world.Objects.WriteAsync($"runs/{runId}/graph.json", Encoding.UTF8.GetBytes(json.ToJsonString()), Token);
        return runId;
    }

    private async Task<string> StoreNewerAsync(bool withGraph)
    {
        var recipe = JsonNode.Parse(CanonicalJson.Serialize(_recipe))!.AsObject();
        recipe["pretraining"]!["temperature"] = 2;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipe.ToJsonString())));
        var runId = $"{_recipe.Name}-{digest[..12]}";
        await _world.Objects.WriteAsync($"runs/{runId}/recipe.json", Encoding.UTF8.GetBytes(recipe.ToJsonString()), Token);
        if (withGraph)
            await _world.Objects.WriteAsync($"runs/{runId}/graph.json", GraphJson.Write(GraphCompiler.Compile(_recipe) with { Recipe = digest }), Token);
        return runId;
    }

    /// <summary>Another submitter replaces a document after it was read here.</summary>
    private sealed class Overtaken(IObjectStore store, string overtaken, byte[] theirs) : IObjectStore
    {
        private bool _done;

        public async Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            var read = await store.ReadAsync(key, cancellationToken);
            if (key == overtaken && !_done)
                await store.WriteAsync(key, theirs, cancellationToken);
            _done |= key == overtaken;
            return read;
        }

        public Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => store.TryCreateAsync(key, content, cancellationToken);

        public Task<string?> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, string version, CancellationToken cancellationToken) =>
            store.TryReplaceAsync(key, content, version, cancellationToken);

        public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => store.WriteAsync(key, content, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken) =>
            store.ListAsync(prefix, startAfter, cancellationToken);
    }

    private sealed class NoResults : IPlanLookup
    {
        public StepResult? Result(string stepKey) => null;

        public IReadOnlyList<string>? Choice(string node) => null;
    }
}

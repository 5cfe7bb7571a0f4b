using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Steps;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly RunStore _store;

    public RunStoreTests() => _store = new RunStore(_files.Objects, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_submitted_recipe_comes_back_under_its_run_id()
    {
        var recipe = RecipeNamed("digits");

        var runId = await _store.SubmitAsync(recipe, Token);

        runId.ShouldBe(RunId.Of(recipe));
        CanonicalJson.Serialize(await _store.ReadRecipeAsync(runId, Token)).ShouldBe(CanonicalJson.Serialize(recipe));
    }

    [Fact]
    public async Task Submitting_again_resumes_the_same_run_and_lifts_its_cancellation()
    {
        var runId = await _store.SubmitAsync(RecipeNamed("digits"), Token);
        await _store.CancelAsync(runId, Token);
        (await _store.IsCancelledAsync(runId, Token)).ShouldBeTrue();

        (await _store.SubmitAsync(RecipeNamed("digits"), Token)).ShouldBe(runId);

        (await _store.IsCancelledAsync(runId, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_run_has_no_recipe_and_is_not_cancelled()
    {
        (await _store.ReadRecipeAsync("nobody", Token)).ShouldBeNull();
        (await _store.IsCancelledAsync("nobody", Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Runs_are_listed_once_each_in_ordinal_order()
    {
        var second = await _store.SubmitAsync(RecipeNamed("b"), Token);
        var first = await _store.SubmitAsync(RecipeNamed("a"), Token);
        await _store.CancelAsync(second, Token);
        await _store.RecordChoiceAsync(second, "cycle-1/soup", ["k1"], Token);

        var runs = new List<string>();
        await foreach (var run in _store.ListAsync(Token))
            runs.Add(run);

        runs.ShouldBe([first, second]);
    }

    [Fact]
    public async Task The_first_choice_counts_and_the_second_writer_gets_it()
    {
        (await _store.ReadChoiceAsync("run", "cycle-1/soup", Token)).ShouldBeNull();

        (await _store.RecordChoiceAsync("run", "cycle-1/soup", ["k1", "k2"], Token)).ShouldBe(["k1", "k2"]);
        (await _store.RecordChoiceAsync("run", "cycle-1/soup", ["k2", "k3"], Token)).ShouldBe(["k1", "k2"]);

        (await _store.ReadChoiceAsync("run", "cycle-1/soup", Token)).ShouldBe(["k1", "k2"]);
    }

    [Fact]
    public async Task A_damaged_choice_counts_as_none_and_gives_way_to_the_next_one()
    {
        await _files.Objects.WriteAsync("runs/run/choices/cycle-1/soup.json", TemporaryStore.Bytes("[ \"k"), Token);
        (await _store.ReadChoiceAsync("run", "cycle-1/soup", Token)).ShouldBeNull();

        (await _store.RecordChoiceAsync("run", "cycle-1/soup", ["k1"], Token)).ShouldBe(["k1"]);

        (await _store.ReadChoiceAsync("run", "cycle-1/soup", Token)).ShouldBe(["k1"]);
        (await _files.Objects.ListAsync("runs/run/damaged/", Token).ToListAsync(Token)).ShouldHaveSingleItem().ShouldStartWith("runs/run/damaged/choices/cycle-1/soup-");
    }

    [Fact]
    public async Task Damaged_notes_about_the_work_that_was_done_count_as_none()
    {
        var runId = await _store.SubmitAsync(RecipeNamed("digits"), Token);
        foreach (var note in new[] { "work", "submitted", "ended" })
            await _files.Objects.WriteAsync($"runs/{runId}/{note}.json", TemporaryStore.Bytes("{"), Token);

        (await _store.ReadWorkAsync(runId, Token)).ShouldBeNull();
        (await _store.ReadSubmissionAsync(runId, Token)).ShouldBeNull();
        (await _store.ReadEndAsync(runId, Token)).ShouldBeNull();
    }

    private static Recipe RecipeNamed(string name) => new()
    {
        Name = name,
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 2, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.9 },
        Retraining = new RetrainingRecipe { Epochs = 1 },
    };
}

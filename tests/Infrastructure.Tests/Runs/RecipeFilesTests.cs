using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Tests.Artifacts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RecipeFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_content_takes_the_place_of_paths()
    {
        File.Copy(ExampleScript.File, _folder.File("a.pt"));
        File.Copy(ExampleScript.File, _folder.File("b.pt"));

        var (one, other) = (RecipeFiles.Of(Of("a.pt"), _folder.Path), RecipeFiles.Of(Of(_folder.File("b.pt")), "/nowhere"));

        RunId.Of(one.Recipe).ShouldBe(RunId.Of(other.Recipe));
        one.Recipe.Model.File.ShouldBeNull();
        one.Recipe.Model.Script!.SizeBytes.ShouldBe(new FileInfo(ExampleScript.File).Length);
        one.Files.Single().Path.ShouldBe(_folder.File("a.pt"));
    }

    [Fact]
    public void Another_script_is_another_run()
    {
        ExampleScript.WithText(_folder.File("other.pt"), ExampleScript.Network, "return _1", "return torch.neg(_1)");

        RunId.Of(RecipeFiles.Of(Of("other.pt"), _folder.Path).Recipe).ShouldNotBe(RunId.Of(RecipeFiles.Of(Of(ExampleScript.File), _folder.Path).Recipe));
    }

    [Fact]
    public void A_recipe_without_files_stays_as_it_is()
    {
        var recipe = Of(null) with { Model = new ModelSpec { Name = "mlp" } };

        RecipeFiles.Of(recipe, _folder.Path).Recipe.ShouldBe(recipe);
    }

    [Fact]
    public void All_files_that_cannot_be_used_are_named_at_once()
    {
        File.WriteAllText(_folder.File("net.pt"), "no archive");
        var recipe = Of("net.pt");
        recipe = recipe with { Pretraining = recipe.Pretraining with { Weights = "none.safetensors" } };

        var failure = Should.Throw<DomainException>(() => RecipeFiles.Of(recipe, _folder.Path)).Failure;

        failure.Reason.ShouldContain("model.file: net.pt: this is no TorchScript module");
        failure.Reason.ShouldContain("pretraining.weights: ");
        failure.Reason.ShouldContain("none.safetensors");
    }

    [Fact]
    public void Start_weights_that_are_packed_are_taken_and_an_adapter_is_refused_by_its_kind()
    {
        RecipeFiles.Of(WithWeights(Cases.Path("f1-a.packed")), _folder.Path).Recipe.Pretraining.Checkpoint.ShouldNotBeNull();

        var failure = Should.Throw<DomainException>(() => RecipeFiles.Of(WithWeights(Cases.Path("f14-a")), _folder.Path)).Failure;

        failure.Code.ShouldBe(FailureCodes.WrongKind);
        failure.Reason.ShouldStartWith("pretraining.weights: f14-a.safetensors is an adapter");
    }

    [Fact]
    public async Task Files_come_into_the_store_as_they_are_and_stay_where_they_were()
    {
        using var store = new TemporaryStore();
        var files = RecipeFiles.Of(Of(ExampleScript.File), _folder.Path);

        await files.Files.Single().StoreAsync(store.Artifacts, TestContext.Current.CancellationToken);

        var stored = await store.Artifacts.FetchAsync(files.Recipe.Model.Script!, TestContext.Current.CancellationToken);
        (await File.ReadAllBytesAsync(stored, TestContext.Current.CancellationToken)).ShouldBe(
            await File.ReadAllBytesAsync(ExampleScript.File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_changes_between_planning_and_submitting_is_refused()
    {
        using var store = new TemporaryStore();
        File.Copy(ExampleScript.File, _folder.File("net.pt"));
        var files = RecipeFiles.Of(Of("net.pt"), _folder.Path);
        await File.AppendAllTextAsync(_folder.File("net.pt"), "more", TestContext.Current.CancellationToken);

        var submission = files.Files.Single().StoreAsync(store.Artifacts, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<DomainException>(submission)).Failure.Reason.ShouldContain("has changed since it was read");
    }

    private static Recipe WithWeights(string path)
    {
        var recipe = Of(null) with { Model = new ModelSpec { Name = "mlp" } };
        return recipe with { Pretraining = recipe.Pretraining with { Weights = path } };
    }

    private static Recipe Of(string? file) => new()
    {
        Name = "scripted",
        Model = new ModelSpec { Name = "torchscript", File = file },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 1, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.9 },
        Retraining = new RetrainingRecipe { Epochs = 1 },
    };
}

using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Planning.Tests;

public sealed class StudyReaderTests
{
    private const string Base =
        """
        name: base
        model: mlp
        data: { name: digits }
        pretraining: { epochs: 4, learningRate: 0.1 }
        sparsification: { sparsity: 0.9, cycles: 2 }
        retraining: { epochs: 2 }
        """;

    private const string Head = "name: study\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1, 2]}\n";

    [Fact]
    public void Every_combination_of_the_axes_is_run_with_every_seed_and_the_last_axis_varies_fastest()
    {
        var study = Valid(Head + "grids: [{name: main, axes: {sparsification.sparsity: [0.5, 0.9], retraining.candidates: [3, 5]}}]");

        var grid = study.Grids.ShouldHaveSingleItem();
        grid.Cells.Select(c => c.Name).ShouldBe(
        [
            "sparsification.sparsity 0.5, retraining.candidates 3", "sparsification.sparsity 0.5, retraining.candidates 5",
            "sparsification.sparsity 0.9, retraining.candidates 3", "sparsification.sparsity 0.9, retraining.candidates 5",
        ]);
        grid.Cells.ShouldAllBe(c => c.Recipes.Count == 2);
        grid.Cells[1].Recipes.Select(r => (r.Seed, r.Sparsification.Sparsity, r.Retraining.Candidates)).ShouldBe([(1, 0.5, 5), (2, 0.5, 5)]);
    }

    [Fact]
    public void A_grid_sets_over_the_study_which_sets_over_the_recipe()
    {
        var study = Valid(Head + "set: {sparsification.cycles: 3, retraining.epochs: 7}\ngrids: [{name: main, set: {retraining.epochs: 8}}]");

        var recipe = study.Grids[0].Cells.ShouldHaveSingleItem().Recipes[0];
        (recipe.Sparsification.Cycles, recipe.Retraining.Epochs, recipe.Pretraining.Epochs).ShouldBe((3, 8, 4));
    }

    [Fact]
    public void Options_below_a_method_that_the_recipe_only_names_keep_its_name()
    {
        var study = Valid(Head + "set: {model.options.hidden: [8]}\ngrids: [{name: main}]");

        var model = study.Grids[0].Cells[0].Recipes[0].Model;
        model.Name.ShouldBe("mlp");
        model.Options!["hidden"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void A_run_of_two_grids_is_one_run_and_has_the_id_of_the_recipe_that_says_the_same()
    {
        var study = Valid(Head + "grids: [{name: a, axes: {retraining.candidates: [3, 5]}}, {name: b, axes: {sparsification.sparsity: [0.9, 0.5]}}]");

        study.Recipes.Count.ShouldBe(6, "2 seeds × (3 + 5 candidates, 0.5 sparsity; 0.9 with 3 candidates is there already)");
        RunId.Of(study.Recipes[0]).ShouldBe(RunId.Of(RecipeReader.Read(Base, Catalog.Test).Recipe!));
    }

    [Theory]
    [InlineData("recipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "name", "The field is missing.")]
    [InlineData("name: A b\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "name", "The value is 'A b'.")]
    [InlineData("name: s\nrecipe: none.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "recipe", "none.yaml does not exist.")]
    [InlineData("name: s\nrecipe: base.yaml\nnotes: none.md\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "notes", "none.md does not exist.")]
    [InlineData("name: s\nrecipe: long.md\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "recipe", "long.md:1:1: recipe: The recipe is longer than 262,144 characters.")]
    [InlineData("name: s\nrecipe: base.yaml\nnotes: long.md\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "notes", "long.md has more than 262144 characters.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, set: 3, axes: {retraining.candidates: [3, 5]}}]", "grids[0].set", "The value is '3'.")]
    [InlineData("name: s\nrecipe: wrong.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]", "recipe", "wrong.yaml:1:7: name: The value is 'Wrong'.")]
    [InlineData("name: s\nrecipe: base.yaml\ngrids: [{name: a}]", "seeds", "The field is missing.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: [4, 5]\ngrids: [{name: a}]", "seeds", "The seeds are one list.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: 4\ngrids: [{name: a}]", "seeds", "The value is '4'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [1], judging: []}\ngrids: [{name: a}]", "seeds.judging", "The list is empty.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [1]}\ngrids: [{name: a}]", "seeds.judging", "The field is missing.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {judging: [1]}\ngrids: [{name: a}]", "seeds.tuning", "The field is missing.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [1, 2, 3], judging: [2, 3, 4]}\ngrids: [{name: a}]", "seeds.judging", "2, 3 are in 'tuning' too.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, seeds: tuning}]", "grids[0].seeds", "The study has no tuning seeds.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [2], judging: [1]}\ngrids: [{name: a, seeds: both}]", "grids[0].seeds", "The value is 'both'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\nclaims: [beats-imps]\ngrids: [{name: a}]", "claims", "There is no claim 'beats-imps'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\nclaims: []\ngrids: [{name: a}]", "claims", "The value is a list.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1, -2]}\ngrids: [{name: a}]", "seeds.judging", "The list has '-2'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1, 1]}\ngrids: [{name: a}]", "seeds.judging", "The list has '1' twice.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}", "grids", "There is no grid.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}, {name: a}]", "grids", "Two grids are called 'a'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [a]", "grids[0]", "The grid is 'a'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, axis: {}}]", "grids[0].axis", "There is no such field.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, axes: {seed: [1]}}]", "grids[0].axes.seed", "Seeds are no axis: comparisons are paired by them.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, axes: {retraining.candidates: 3}}]", "grids[0].axes.retraining.candidates", "The value is '3'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, axes: {retraining.candidates: [3, 3]}}]", "grids[0].axes.retraining.candidates", "The list has 3 twice.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, sweep: x, axes: {retraining.candidates: [3]}}]", "grids[0].sweep", "The grid has no axis 'x'.")]
    [InlineData("name: s\nrecipe: base.yaml\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a, sweep: soup.method, axes: {soup.method: [greedy]}}]", "grids[0].sweep", "'soup.method' is drawn on a logarithmic scale, and not all its values are numbers above 0.")]
    public void What_is_wrong_is_told_with_its_field(string yaml, string field, string reason)
    {
        var error = Read(yaml).Errors.ShouldHaveSingleItem();

        (error.Field, error.Reason).ShouldBe((field, reason));
        error.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_grid_that_chooses_is_run_with_the_tuning_seeds_and_all_others_with_those_that_judge()
    {
        var study = Valid("name: s\nrecipe: base.yaml\nseeds: {tuning: [1, 2, 3], judging: [7, 8]}\ngrids: [{name: rate, seeds: tuning}, {name: main, axes: {retraining.candidates: [3, 5]}}]");

        study.Grids.Select(g => g.SeedRole).ShouldBe([SeedRoles.Tuning, SeedRoles.Judging]);
        study.Grids[0].Cells[0].Recipes.Select(r => r.Seed).ShouldBe([1, 2, 3]);
        study.Grids[1].Cells[0].Recipes.Select(r => r.Seed).ShouldBe([7, 8]);
        study.Judge!.Name.ShouldBe("main", "a comparison of tuning seeds judges nothing, although it comes first");
    }

    [Fact]
    public void A_workflow_without_cycles_of_soups_is_refused() =>
        Read(Head + "grids: [{name: main, set: {workflow: prune-only, sparsification.cycles: 1}}]").Errors.ShouldHaveSingleItem()
            .Reason.ShouldContain("workflow: Studies compare soups cycle by cycle");

    [Fact]
    public void Networks_of_one_study_are_compared_by_one_measure()
    {
        var catalog = new MethodCatalog([.. Catalog.Test.Methods, Task]);
        StudyReading Read(string yaml) => StudyReader.Read(yaml, Beside, catalog);

        Read(Head + "set: {task: again}\ngrids: [{name: main}]").Study!.Recipes.ShouldAllBe(r => r.Measure == Task.Measures[0]);

        Read(Head + "grids: [{name: main}, {name: other, set: {task: again}}]").Errors.ShouldHaveSingleItem()
            .Reason.ShouldEndWith("task: Networks are compared by their error, and those of the study's other cells by their accuracy.");
    }

    private static MethodInfo Task { get; } = new()
    {
        Axis = MethodAxes.Task,
        Name = "again",
        Title = "Again",
        UseWhen = "Use it in tests.",
        DataKind = DataKinds.Any,
        Targets = TargetKinds.None,
        Measures = [new("error", "error", FigureInfo.Real, HigherIsBetter: false)],
    };

    [Fact]
    public void A_study_that_is_stopped_has_some_seeds_whole()
    {
        var study = Valid(Head + "grids: [{name: main, axes: {retraining.candidates: [3, 5]}}]");

        study.Recipes.Select(r => (r.Seed, r.Retraining.Candidates)).ShouldBe([(1, 3), (1, 5), (2, 3), (2, 5)]);
    }

    [Fact]
    public void A_plain_list_of_seeds_is_told_how_to_be_written_and_is_read_only_as_history()
    {
        const string Earlier = "name: s\nrecipe: base.yaml\nseeds: [7, 8]\ngrids: [{name: main}]";

        Read(Earlier).Errors.ShouldHaveSingleItem().Remedy.ShouldStartWith("Write 'seeds: { tuning: [1, 2, 3], judging: [4, 5, 6] }'");
        StudyReader.ReadEarlier(Earlier, Beside, Catalog.Test).Study!.Seeds.Judging.ShouldBe([7, 8]);
    }

    [Fact]
    public void What_is_wrong_with_a_combination_is_told_once_with_the_first_that_has_it()
    {
        var reading = Read(Head + "grids:\n- name: main\n  axes: {sparsification.sparsity: [0.5, 1.5], retraining.candidates: [3, 5]}");

        var error = reading.Errors.ShouldHaveSingleItem();
        error.Reason.ShouldStartWith("With sparsification.sparsity 1.5, retraining.candidates 3: sparsification.sparsity: The value is 1.5.");
        error.Line.ShouldBe(5);
    }

    [Fact]
    public void A_study_that_nobody_could_wait_for_is_refused()
    {
        var many = string.Join(", ", Enumerable.Range(1, 60));

        var error = Read($"{Head}grids: [{{name: main, axes: {{retraining.epochs: [{many}], sparsification.cycles: [{many}]}}}}]").Errors.ShouldHaveSingleItem();

        error.Reason.ShouldBe("With this grid the study has 7200 runs.");
    }

    [Fact]
    public void A_recipe_without_end_is_not_read_into_memory()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("study.yaml"), "name: s\nrecipe: /dev/zero\nseeds: {tuning: [], judging: [1]}\ngrids: [{name: a}]");

        StudyReader.ReadFile(folder.File("study.yaml"), Catalog.Test).Errors.ShouldHaveSingleItem().Reason.ShouldContain("longer than 262,144 characters");
    }

    [Fact]
    public void Nor_is_a_file_behind_a_link()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("endless.yaml"), "/dev/zero");

        StudyReader.ReadFile(folder.File("endless.yaml"), Catalog.Test).Errors.ShouldHaveSingleItem().Reason.ShouldContain("longer than 262,144 characters");
        RecipeReader.ReadFile(folder.File("endless.yaml"), Catalog.Test).Errors.ShouldHaveSingleItem().Reason.ShouldContain("longer than 262,144 characters");
    }

    private static Study Valid(string yaml)
    {
        var reading = Read(yaml);
        reading.Errors.ShouldBeEmpty();
        return reading.Study!;
    }

    private static StudyReading Read(string yaml) => StudyReader.Read(yaml, Beside, Catalog.Test);

    private static string? Beside(string name) => name switch
    {
        "base.yaml" => Base,
        "wrong.yaml" => Base.Replace("name: base", "name: Wrong", StringComparison.Ordinal),
        "long.md" => new string('-', RecipeLimits.Characters + 1),
        _ => null,
    };
}

using System.Text.RegularExpressions;
using SparsePipeline.Contracts;
using SparsePipeline.Learning;
using SparsePipeline.Planning;
using SparsePipeline.Sparsification;
using SparsePipeline.TestKit;

namespace SparsePipeline.Architecture;

/// <summary>What is published about recipes agrees with the methods there are. None of this loads libtorch.</summary>
public sealed partial class RecipeTests
{
    private static readonly MethodCatalog Catalog = new([.. SparsificationMethods.All, .. LearningMethods.All, .. PlanningMethods.All]);

    public static TheoryData<string> Recipes =>
        [.. new[] { "recipes", "examples" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.yaml", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Repository.Root, f))];

    public static TheoryData<string> Studies =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "studies"), "*.yaml").Select(f => Path.GetFileName(f))];

    /// <summary>Retraining schedules are called as in the paper: their names are part of the keys of every retraining.</summary>
    [Fact]
    public void Names_of_methods_are_in_kebab_case_and_a_name_in_another_spelling_is_answered_with_the_right_one()
    {
        Catalog.Methods.Where(method => method.Axis != MethodAxes.Retraining).Select(method => method.Name).ShouldAllBe(name => KebabCase().IsMatch(name));

        NameSuggestion.For("GlobalMagnitude", Catalog.Names(MethodAxes.Pruner)).ShouldStartWith("Did you mean 'global-magnitude'?");
        NameSuggestion.For("wide_resnet", Catalog.Names(MethodAxes.Model)).ShouldStartWith("Did you mean 'wide-resnet'?");
        NameSuggestion.For("llr", Catalog.Names(MethodAxes.Retraining)).ShouldStartWith("Did you mean 'LLR'?");
    }

    [Fact]
    public void Planner_and_rules_of_recipes_ask_what_methods_are_like_and_name_none()
    {
        // A baseline is made of methods that it chooses itself.
        string[] choosing = ["core/Planning/Graph/BaselineGraph.cs", "core/Planning/Graph/BaselineNames.cs", "core/Planning/Methods/PlanningMethods.cs"];
        string[] own = [MethodAxes.Baseline, MethodAxes.Workflow];
        // Words that the planner has for steps and sections of its own, and that a schedule, a model and a data set are called by, too.
        string[] words = ["step", "autoencoder", "activations"];
        var names = Catalog.Methods.Where(method => !own.Contains(method.Axis) && !words.Contains(method.Name)).Select(method => $"\"{method.Name}\"").Distinct(StringComparer.Ordinal).ToList();

        var named = from file in Repository.Files("*.cs")
                    where file.StartsWith("core/Planning/", StringComparison.Ordinal) && !choosing.Contains(file)
                    let text = File.ReadAllText(Path.Combine(Repository.Root, file))
                    from name in names
                    where text.Contains(name, StringComparison.Ordinal)
                    select $"{file} names {name}";

        named.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_study_that_comes_with_the_repository_is_valid_and_has_seeds_enough_for_an_interval(string file)
    {
        var reading = StudyReader.ReadFile(Path.Combine(Repository.Root, "studies", file), Catalog);

        reading.Errors.ShouldBeEmpty();
        reading.Study!.Seeds.Judging.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void A_seed_by_which_a_recipe_was_tuned_in_one_study_judges_it_in_none()
    {
        var studies = Studies.Select(s => StudyReader.ReadFile(Path.Combine(Repository.Root, "studies", s.Data), Catalog).Study!).ToList();

        foreach (var recipe in studies.GroupBy(s => s.RecipePath))
            recipe.SelectMany(s => s.Seeds.Tuning).Intersect(recipe.SelectMany(s => s.Seeds.Judging)).ShouldBeEmpty(recipe.Key);
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_page_of_results_is_about_the_studies_as_they_are_now(string file)
    {
        var study = StudyReader.ReadFile(Path.Combine(Repository.Root, "studies", file), Catalog).Study!;
        if (study.Notes is null)
            return; // Of a taste of a study there are no published results.

        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "results.md"));

        (page.Contains(StudyDigest.Of(study)[..12], StringComparison.Ordinal) || page.Contains($"*{study.Title}* is left out", StringComparison.Ordinal))
            .ShouldBeTrue($"{file} judges by other claims, seeds or cells than docs/results.md: make results writes it again");
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_that_comes_with_the_repository_is_valid_and_can_be_planned(string file)
    {
        var reading = RecipeReader.ReadFile(Path.Combine(Repository.Root, file), Catalog);

        reading.Errors.ShouldBeEmpty();
        var first = RunGraph.Of(Stored(reading.Recipe!)).Plan(new NothingDone(), DateTimeOffset.UnixEpoch).Ready.Select(s => s.Node).ToList();
        first.ShouldNotBeEmpty();
        if (reading.Recipe!.Workflow is null)
            first.ShouldBe([NodeNames.Dense]);
    }

    [Fact]
    public void The_published_schema_is_up_to_date()
    {
        var (stored, expected) = GeneratedFile.Compare("docs/recipe.schema.json", RecipeSchema.Generate(Catalog));

        stored.ShouldBe(expected, "make docs writes it again");
    }

    [Fact]
    public void Every_axis_has_methods_with_unique_names()
    {
        MethodAxes.All.Where(axis => Catalog.Names(axis).Count == 0).ShouldBeEmpty();
        Catalog.Methods.Select(m => (m.Axis, m.Name)).ShouldBeUnique();
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KebabCase();

    // Submission names files by their content; here any content will do.
    private static Recipe Stored(Recipe recipe) => recipe with
    {
        Soup = recipe.Soup with { Checkpoints = recipe.Soup.Networks?.Select((_, i) => new ArtifactRef(new string((char)('a' + i), 64), 1, ArtifactFormats.Safetensors)).ToArray() },
    };

    private sealed class NothingDone : IPlanLookup
    {
        public StepResult? Result(string stepKey) => null;

        public IReadOnlyList<string>? Choice(string node) => null;
    }
}

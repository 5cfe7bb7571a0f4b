using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class DataPartRulesTests
{
    [Fact]
    public void Parts_noise_and_arrivals_are_read_and_left_out_of_the_run_when_they_are_default()
    {
        var recipe = SmallestRecipe.Read(With("part: { writers: [1, 2] }, labelNoise: 0.2, arrivals: [0.5, 1]", "part: { share: [0.5, 1], classes: [3] }"));

        recipe.Data.Part!.Writers.ShouldBe(["1", "2"]);
        (recipe.Data.LabelNoise, recipe.Retraining.Part!.Classes!.Single()).ShouldBe((0.2, "3"));
        recipe.Retraining.Part.Share.ShouldBe([0.5, 1]);
        RunId.Of(SmallestRecipe.Read(With("labelNoise: 0", null))).ShouldBe(RunId.Of(SmallestRecipe.Read(SmallestRecipe.Text)));
    }

    [Theory]
    [InlineData("part: { families: [Sans] }", "data.part.families: The data set 'digits' does not say of its examples which families they are of. Choose by what it has: share, classes, writers.")]
    [InlineData("part: { writer: [1] }", "data.part.writer: There is no such field. Did you mean 'writers'?")]
    [InlineData("part: { share: [0.5, 0.5] }", "data.part.share: The value is [0.5, 0.5]. Give where the part begins")]
    [InlineData("part: { share: [0.5] }", "data.part.share: The value is [0.5]. Give where the part begins")]
    [InlineData("part: { share: [0.5, 2] }", "data.part.share[1]: The value is 2.")]
    [InlineData("part: {}", "data.part: It chooses nothing. Choose by what the data set has: share, classes, writers.")]
    [InlineData("labelNoise: 1", "data.labelNoise: The value is 1. It must be at least 0 and below 1.")]
    [InlineData("arrivals: [0.5]", "data.arrivals: The value is [0.5]. Give rising shares")]
    [InlineData("arrivals: [0.5, 0.4]", "data.arrivals: The value is [0.5, 0.4]. Give rising shares")]
    public void What_the_data_set_cannot_have_is_refused(string data, string error) => SmallestRecipe.Errors(With(data, null)).ShouldContain(e => e.ToString().Contains(error));

    [Fact]
    public void Candidates_may_have_no_part_that_the_data_set_cannot_have() => SmallestRecipe.Errors(With("validation: 0.1", "part: { families: [Sans] }"))
        .ShouldHaveSingleItem().ToString().ShouldContain("retraining.part.families: The data set 'digits' does not say");

    [Fact]
    public void Texts_have_no_classes_that_could_be_wrong()
    {
        var errors = SmallestRecipe.Errors(With("labelNoise: 0.1, part: { classes: [a] }", null).Replace("name: digits, labelNoise", "name: windows, labelNoise", StringComparison.Ordinal)).Select(e => e.ToString()).ToList();

        errors.ShouldContain(e => e.Contains("data.labelNoise: The data set 'windows' has no class for each example"));
        errors.ShouldContain(e => e.Contains("data.part.classes: The data set 'windows' does not say"));
    }

    [Fact]
    public void A_workflow_without_cycles_has_no_use_for_arrivals() => SmallestRecipe.Errors(
            """
            name: digits
            workflow: train
            model: mlp
            data: { name: digits, arrivals: [0.5, 1] }
            pretraining: { epochs: 10, learningRate: 0.1 }
            """)
        .ShouldHaveSingleItem().ToString().ShouldContain("data.arrivals: The workflow 'train' has no use for it.");

    private static string With(string data, string? retraining) =>
        $$"""
        name: digits
        model: mlp
        data: { name: digits, {{data}} }
        pretraining: { epochs: 10, learningRate: 0.1 }
        sparsification: { sparsity: 0.98 }
        retraining: { epochs: 4{{(retraining is null ? "" : ", " + retraining)}} }
        """;
}

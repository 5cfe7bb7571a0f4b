namespace SparsePipeline.Planning.Tests;

public sealed class EvaluationRulesTests
{
    [Fact]
    public void An_average_that_random_pruning_would_cut_again_is_refused() =>
        SmallestRecipe.Errors($"{SmallestRecipe.Text.Replace("sparsity: 0.98", "sparsity: 0.98\n  method: random", StringComparison.Ordinal)}\nevaluation: {{baselines: all}}\n")
            .ShouldHaveSingleItem().ToString().ShouldContain("'imp-reprune' keeps what the pruner finds important");

    [Theory]
    [InlineData("{corruptions: fog}", "evaluation.corruptions: The value is 'fog'. Write a list, [a, b, c], or all.")]
    [InlineData("{baselines: imp}", "evaluation.baselines: The value is 'imp'. Write a list, [a, b, c], or all.")]
    [InlineData("{corruptions: [frog]}", "evaluation.corruptions[0]: There is no corruption 'frog'. Did you mean 'fog'? Known: blur, fog.")]
    [InlineData("{corruptions: []}", "evaluation.corruptions: The list is empty. Name at least one, or remove the line.")]
    [InlineData("{corruptions: [fog, fog]}", "evaluation.corruptions: The list has fog 2 times. Name each once.")]
    [InlineData("{corruptions: all, severities: [0]}", "evaluation.severities[0]: The value is 0. It must be at least 1 and at most 5.")]
    [InlineData("{corruptions: all, severities: [2, 2]}", "evaluation.severities: The list has 2 2 times. Name each once.")]
    [InlineData("{severities: [2]}", "evaluation.severities: Severities without corruptions change nothing. Set evaluation.corruptions too, to names or to 'all', or remove this line.")]
    public void Corruptions_that_make_no_sense_are_refused(string evaluation, string error) =>
        SmallestRecipe.Errors($"{SmallestRecipe.Text}\nevaluation: {evaluation}\n").ShouldHaveSingleItem().ToString().ShouldEndWith(error);

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    public void A_batch_to_time_out_of_its_range_is_refused(string batch) =>
        SmallestRecipe.Errors($"{SmallestRecipe.Text}\nevaluation: {{latencyBatch: {batch}}}\n").ShouldHaveSingleItem().ToString().ShouldEndWith(
            $"evaluation.latencyBatch: The value is {batch}. It must be at least 1 and at most 1024.");
}

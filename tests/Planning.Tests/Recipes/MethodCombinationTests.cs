namespace SparsePipeline.Planning.Tests;

public sealed class MethodCombinationTests
{
    [Theory]
    [InlineData("allocation: erk", "method: uniform")]
    [InlineData("method: random, allocation: erk", "method: uniform")]
    [InlineData("allocation: lamp", "method: uniform")]
    [InlineData("method: layer-magnitude, allocation: lamp, schedule: cubic", "method: greedy")]
    [InlineData("schedule: linear", "method: {name: weighted, options: {weights: [2, 1, 0]}}")]
    [InlineData("schedule: linear", "method: {name: weighted, options: {weights: [0.5, 0.5, 1]}}, quorum: 3")]
    [InlineData("structure: 2-of-4, sparsity: 0.5, schedule: one-shot", "method: uniform")]
    [InlineData("structure: 1-of-4, sparsity: 0.75, cycles: 1, allocation: uniform", "method: uniform")]
    [InlineData("structure: block-1x4, allocation: erk", "method: greedy")]
    [InlineData("structure: row, schedule: cubic", "method: uniform")]
    [InlineData("structure: channel, method: random", "maskPolicy: union")]
    [InlineData("cycles: 2", "method: greedy, maskPolicy: re-prune")]
    [InlineData("allocation: lamp", "maskPolicy: intersect, quorum: 2")]
    [InlineData("method: random, cycles: 1", "maskPolicy: union")]
    [InlineData("cycles: 2", "method: model-stock, anchor: retrained")]
    [InlineData("method: wanda, calibrationExamples: 64", "method: uniform")]
    [InlineData("method: {name: wanda, options: {group: layer}}, structure: row", "method: uniform")]
    [InlineData("method: sparsegpt, allocation: erk", "maskPolicy: union")]
    [InlineData("method: sparsegpt, structure: 2-of-4, sparsity: 0.5, cycles: 1", "method: uniform")]
    [InlineData("cycles: 2", "method: {name: ties, options: {density: 0.5}}, anchor: pruned, quorum: 2")]
    public void Methods_that_go_together_are_accepted_and_planned(string sparsification, string soup)
    {
        var reading = Read(sparsification, soup);

        reading.Errors.ShouldBeEmpty();
        new FakeWorld().RunToEnd(reading.Recipe!).Finished.ShouldBeTrue();
    }

    [Theory]
    [InlineData("random")]
    [InlineData("none")]
    public void Layer_adaptive_magnitude_is_refused_for_a_pruner_that_does_not_score_by_magnitude(string pruner) =>
        Error($"method: {pruner}, allocation: lamp", "method: uniform").ShouldStartWith(
            "sparsification.allocation: The allocation 'lamp' compares magnitudes within each layer, "
            + $"and the pruner '{pruner}' does not score by magnitude. Remove it for the pruner's own, 'global', or use another pruner.");

    [Theory]
    [InlineData("structure: 2-of-4, cycles: 1", "'2-of-4' has a sparsity of 0.5, and the cut is to 0.9. Set sparsity to 0.5 and sparsification.schedule to 'one-shot'")]
    [InlineData("structure: 1-of-4, sparsity: 0.75", "'1-of-4' has a sparsity of 0.75, and the cut is to 0.37. Set sparsity to 0.75")]
    [InlineData("structure: 2-of-4, sparsity: 0.5, cycles: 1, allocation: erk", "'2-of-4' gives every layer the density 0.5, and the allocation 'erk' gives each its own. Change")]
    [InlineData("structure: row, sparsity: 0.5, cycles: 1, method: none", "'row' is a pattern of pruned weights, and the pruner 'none' prunes none. Change")]
    [InlineData("structure: 2-of-4, sparsity: 0.5, cycles: 1, method: none", "'2-of-4' is a pattern of pruned weights, and the pruner 'none' prunes none. Change")]
    public void A_pattern_is_refused_for_cuts_that_cannot_have_it(string sparsification, string reason) =>
        Error(sparsification, "method: uniform").ShouldStartWith($"sparsification.structure: The structure {reason}");

    [Fact]
    public void Averages_are_cut_again_by_pruners_that_go_by_what_layers_see() =>
        Read("method: wanda, cycles: 2", "maskPolicy: re-prune").Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("calibrationExamples: 64", "method: uniform", "sparsification.calibrationExamples: The pruner goes by weights alone, so no examples are looked at.")]
    [InlineData("method: sparsegpt, allocation: global", "method: uniform", "sparsification.allocation: The allocation 'global' compares weights of different layers")]
    [InlineData("method: sparsegpt, structure: row", "method: uniform", "sparsification.structure: The structure 'row' prunes whole units")]
    public void What_does_not_go_with_a_pruner_by_statistics_is_refused(string sparsification, string soup, string reason) =>
        Error(sparsification, soup).ShouldStartWith(reason);

    [Theory]
    [InlineData("method: model-stock", "soup.method: The soup 'model-stock' measures its members from an anchor, and there is none. Add soup.anchor: retrained.")]
    [InlineData("anchor: pruned", "soup.anchor: The soup 'uniform' looks at no anchor, so the one given would change nothing. Remove the line")]
    [InlineData("method: ties, anchor: dense", "soup.anchor: The value is 'dense'.")]
    [InlineData("method: ties, anchor: retrained, maskPolicy: union", "soup.anchor: Candidates with masks of their own share none with an anchor.")]
    [InlineData("method: slerp", "soup.method: The soup 'slerp' merges at most 2 networks, and there are 3 candidates.")]
    public void A_soup_without_what_it_needs_and_an_anchor_that_nothing_uses_are_refused(string soup, string reason) =>
        Error("cycles: 2", soup).ShouldStartWith(reason);

    [Fact]
    public void A_mask_policy_that_would_break_a_pattern_is_refused() =>
        Error("structure: 2-of-4, sparsity: 0.5, cycles: 1, method: random", "maskPolicy: union").ShouldStartWith(
            "soup.maskPolicy: 'union' of masks of the structure '2-of-4' is not of that structure.");

    [Theory]
    [InlineData("[1, 2]", "there are 2 for 3 candidates.")]
    [InlineData("[0, 0, 0]", "they add up to 0.")]
    public void Weights_that_do_not_fit_the_candidates_are_refused(string weights, string reason) =>
        Error("schedule: geometric", $"method: {{name: weighted, options: {{weights: {weights}}}}}").ShouldStartWith(
            $"soup.method.options.weights: The weights are {weights}: {reason} Give one number per candidate");

    [Theory]
    [InlineData("[1, -1, 1]", "The value is -1. It must be in [0, ∞].")]
    [InlineData("[1, a, 1]", "The value is 'a'. Write a number such as 0.1 or 1e-4, without quotes.")]
    [InlineData("[1, .inf, 1]", "The value is '.inf'. Write a number such as 0.1 or 1e-4, without quotes.")]
    [InlineData("0.5", "The value is '0.5'. Write a list of numbers: [0.5, 0.3, 0.2].")]
    public void Weights_that_are_no_list_of_numbers_from_0_up_are_refused(string weights, string reason) =>
        Error("schedule: geometric", $"method: {{name: weighted, options: {{weights: {weights}}}}}").ShouldBe($"soup.method.options.weights: {reason}");

    [Fact]
    public void A_weighted_soup_without_weights_is_refused() =>
        Error("schedule: geometric", "method: weighted").ShouldStartWith("soup.method.options.weights: The soup 'weighted' needs this option.");

    [Fact]
    public void A_weighted_soup_of_some_candidates_only_is_refused() =>
        Error("schedule: geometric", "method: {name: weighted, options: {weights: [1, 1, 1]}}, quorum: 2").ShouldStartWith(
            "soup.quorum: The weights are those of 3 candidates, and a soup of 2 would have other shares.");

    [Theory]
    [InlineData("cycles: 1", "maskPolicy: union", "all candidates have the mask of the one cut, which is that of the dense network.")]
    [InlineData("schedule: one-shot", "maskPolicy: union", "all candidates have the mask of the one cut, which is that of the dense network.")]
    [InlineData("method: none", "maskPolicy: intersect", "the pruner 'none' prunes nothing.")]
    [InlineData("cycles: 2", "maskPolicy: union, method: none", "the soup 'none' averages nothing.")]
    public void A_mask_policy_is_refused_where_no_two_masks_differ(string sparsification, string soup, string reason) =>
        Error(sparsification, soup).ShouldStartWith($"soup.maskPolicy: A mask policy combines masks that differ, but {reason} Remove the line");

    [Fact]
    public void Pruning_an_average_again_by_chance_is_refused() =>
        Error("method: random", "maskPolicy: re-prune").ShouldStartWith(
            "soup.maskPolicy: 're-prune' keeps what the pruner finds important in the average, and 'random' finds nothing important. Use 'intersect' or 'union'");

    /// <summary>The only error, without its position.</summary>
    private static string Error(string sparsification, string soup) =>
        Read(sparsification, soup).Errors.ShouldHaveSingleItem().ToString().Split(' ', 2)[1];

    private static RecipeReading Read(string sparsification, string soup) => RecipeReader.Read(
        $$"""
        name: digits
        model: mlp
        data: {name: digits}
        pretraining: {epochs: 10, learningRate: 0.1}
        sparsification: { {{(sparsification.Contains("sparsity", StringComparison.Ordinal) ? "" : "sparsity: 0.9, ")}}{{sparsification}} }
        retraining: {epochs: 4}
        soup: { {{soup}} }
        """,
        Catalog.Test);
}

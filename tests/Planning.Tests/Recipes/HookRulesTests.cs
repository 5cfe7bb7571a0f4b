using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class HookRulesTests
{
    [Theory]
    [InlineData("hooks: [penalty]", "hooks: [penalty]", "")]
    [InlineData("hooks: [{name: mover, options: {sparsity: 0.9}}, penalty]", "hooks: [penalty]", "")]
    [InlineData("hooks: []", "hooks: [mover], candidates: 1", "")]
    [InlineData("hooks: []", "hooks: [mover]", "soup: {maskPolicy: union}")]
    [InlineData("hooks: []", "hooks: [mover]", "soup: {maskPolicy: union}", 1)]
    public void Hooks_that_go_together_are_accepted(string pretraining, string retraining, string soup, int cycles = 3) => Read(pretraining, retraining, soup, cycles).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("penalty, first", "'first' has to come first and comes after 'penalty'")]
    [InlineData("mover, other-mover", "'mover', 'other-mover' each decide which weights are pruned, and one hook at most may")]
    [InlineData("penalty, penalty", "'penalty' is listed 2 times")]
    public void Hooks_that_do_not_are_refused_by_name(string hooks, string problem) =>
        Read($"hooks: [{hooks}]", "").Errors.ShouldHaveSingleItem().ToString()
            .ShouldEndWith($"pretraining.hooks: These hooks do not go together: {problem}. Change their order, or leave some out.");

    [Fact]
    public void Candidates_that_move_their_masks_need_a_policy_for_them() =>
        Read("", "hooks: [mover], candidates: 3").Errors.ShouldHaveSingleItem().ToString().ShouldEndWith(
            "retraining.hooks: 'mover' moves the mask, so 3 candidates of one cut end with 3 masks, and a soup keeps the zeros of one. "
            + "Set soup.maskPolicy, which gives every candidate a run of its own and says how masks are combined, or set retraining.candidates to 1.");

    [Theory]
    [InlineData("2-of-4", 0.5)]
    [InlineData("block-1x4", 0.9)]
    [InlineData("row", 0.9)]
    public void A_mask_with_a_structure_is_not_moved(string structure, double sparsity) =>
        Read("", "hooks: [mover], candidates: 1", sparsification: $"sparsity: {sparsity}, cycles: 1, schedule: one-shot, structure: '{structure}'").Errors
            .ShouldHaveSingleItem().ToString().ShouldEndWith(
                $"retraining.hooks: 'mover' moves single weights, so a mask of the structure '{structure}' does not stay one. Remove it, or use the structure 'unstructured'.");

    [Fact]
    public void Layers_with_sparsities_of_their_own_keep_them()
    {
        const string Layers = "sparsity: 0.9, cycles: 2, layers: {'fc1.*': 0.5}";

        Read("", "hooks: [roamer], candidates: 1", sparsification: Layers).Errors.ShouldHaveSingleItem().ToString().ShouldEndWith(
            "retraining.hooks: 'roamer' moves weights from layer to layer, so no layer keeps the sparsity that sparsification.layers gives it. Remove the one or the other.");
        Read("", "hooks: [mover], candidates: 1", sparsification: Layers).Errors.ShouldBeEmpty("it leaves every layer as many as it had");
        Read("hooks: [roamer]", "", sparsification: Layers).Errors.ShouldBeEmpty("the cut comes after it");
    }

    [Fact]
    public void A_training_that_moves_the_mask_of_the_cut_it_starts_from_is_held_to_the_same() =>
        RecipeReader.Read(
            """
            name: digits
            model: mlp
            data: {name: digits}
            workflow: train
            pretraining: {epochs: 10, learningRate: 0.1, hooks: [roamer]}
            sparsification: {sparsity: 0.5, structure: 2-of-4, layers: {'fc1.*': 0.5}}
            """,
            Catalog.Test).Errors.Select(e => e.Field).ShouldBe(["pretraining.hooks", "pretraining.hooks"]);

    [Theory]
    [InlineData("mover], candidates: 1", "'adapter' keeps the zeros of the weights it starts from, and 'mover' moves them")]
    [InlineData("penalty, pull]", "'adapter' trains something in place of the prunable weights, and 'pull' needs these to be trained")]
    public void A_hook_that_a_transform_takes_the_weights_from_is_refused_beside_it(string hooks, string problem) =>
        Read("hooks: [pull]", $"transform: adapter, hooks: [{hooks}").Errors.ShouldHaveSingleItem().ToString()
            .ShouldEndWith($"retraining.transform: {problem}. Remove the one or the other.");

    [Fact]
    public void Other_hooks_are_accepted_beside_a_transform() => Read("hooks: [pull]", "transform: adapter, hooks: [penalty]").Errors.ShouldBeEmpty();

    [Fact]
    public void An_unknown_hook_is_refused_with_its_place_in_the_list() =>
        Read("hooks: [penalty, mover2]", "").Errors.ShouldHaveSingleItem().ToString().ShouldContain("pretraining.hooks[1]: There is no hook 'mover2'. Did you mean 'mover'?");

    [Fact]
    public void Options_are_read_and_those_at_their_default_dropped()
    {
        var hooks = Read("hooks: [{name: mover, options: {sparsity: 0.5}}, {name: penalty}]", "").Recipe!.Pretraining.Hooks!;

        hooks.Select(h => h.Name).ShouldBe(["mover", "penalty"]);
        hooks[0].Options!["sparsity"].GetDouble().ShouldBe(0.5);
    }

    [Fact]
    public void A_recipe_without_hooks_has_the_canonical_form_it_always_had() =>
        Encoding.UTF8.GetString(CanonicalJson.Serialize(Recipes.Digits())).ShouldNotContain("hooks");

    private static RecipeReading Read(string pretraining, string retraining, string soup = "", int cycles = 3, string? sparsification = null) => RecipeReader.Read(
        $$"""
        name: digits
        model: mlp
        data: {name: digits}
        pretraining: {epochs: 10, learningRate: 0.1, {{pretraining}}}
        sparsification: {{{sparsification ?? $"sparsity: 0.9, cycles: {cycles}"}}}
        retraining: {epochs: 2, {{retraining}}}
        {{soup}}
        """,
        Catalog.Test);
}

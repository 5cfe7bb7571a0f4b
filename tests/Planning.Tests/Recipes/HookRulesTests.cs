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

    private static RecipeReading Read(string pretraining, string retraining, string soup = "", int cycles = 3) => RecipeReader.Read(
        $$"""
        name: digits
        model: mlp
        data: {name: digits}
        pretraining: {epochs: 10, learningRate: 0.1, {{pretraining}}}
        sparsification: {sparsity: 0.9, cycles: {{cycles}}}
        retraining: {epochs: 2, {{retraining}}}
        {{soup}}
        """,
        Catalog.Test);
}

namespace SparsePipeline.Planning.Tests;

public sealed class RetrainingScheduleRulesTests
{
    [Theory]
    [InlineData("LRW", "epochs: 10")]
    [InlineData("LRW", "epochs: 99, candidates: 2, vary: retrain-length, values: [4, 10]")]
    [InlineData("LLR", "epochs: 99")]
    public void A_retraining_the_schedule_can_serve_is_accepted(string schedule, string retraining) =>
        Errors(schedule, retraining, "sparsity: 0.9").ShouldBeEmpty();

    [Theory]
    [InlineData("epochs: 11", 11)]
    [InlineData("epochs: 1, candidates: 2, vary: retrain-length, values: [4, 12]", 12)]
    public void Rewinding_further_than_the_pretraining_is_refused(string retraining, int longest) =>
        Errors("LRW", retraining, "sparsity: 0.9").ShouldHaveSingleItem().Reason.ShouldBe(
            $"LRW repeats the end of the pretraining, but {longest} epochs of retraining are more than its 10.");

    [Theory]
    [InlineData("sparsity: 0.9, schedule: one-shot", "with 'one-shot' only the first of 3 cycles cuts")]
    [InlineData("sparsity: 0", "a sparsity of 0 removes nothing")]
    [InlineData("sparsity: 0.9, method: none", "the pruner 'none' removes nothing")]
    public void A_schedule_that_asks_the_cut_is_refused_where_a_cycle_has_none(string sparsification, string why) =>
        Errors("ALLR", "epochs: 4", sparsification).ShouldHaveSingleItem().ToString().ShouldBe(
            $"6:24: retraining.schedule: ALLR sets its peak by what each cut removes, but {why}. Use LLR.");

    [Theory]
    [InlineData("sparsity: 0.9")]
    [InlineData("sparsity: 0.9, schedule: one-shot, cycles: 1")]
    public void A_schedule_that_asks_the_cut_is_accepted_where_every_cycle_has_one(string sparsification) =>
        Errors("ALLR", "epochs: 4", sparsification).ShouldBeEmpty();

    private static IReadOnlyList<RecipeError> Errors(string schedule, string retraining, string sparsification) => RecipeReader.Read(
        $$"""
        name: digits
        model: mlp
        data: {name: digits}
        pretraining: {epochs: 10, learningRate: 0.1}
        sparsification: { {{sparsification}} }
        retraining: {schedule: {{schedule}}, {{retraining}}}
        """,
        Catalog.Test).Errors;
}

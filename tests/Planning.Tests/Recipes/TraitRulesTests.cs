using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>Rules ask what methods say of themselves: these have names that no rule can know.</summary>
public sealed class TraitRulesTests
{
    private static readonly MethodCatalog Invented = new(
    [
        .. Catalog.Test.Methods,
        Method(MethodAxes.Retraining, "any-peak") with { Traits = MethodTraits.PeakCanBeSet },
        Method(MethodAxes.Retraining, "own-peak"),
        Method(MethodAxes.Retraining, "by-cut") with { Needs = MethodNeeds.CutMeasures },
        Method(MethodAxes.Retraining, "replay") with { Needs = MethodNeeds.DenseEpochs },
        Method(MethodAxes.Averaging, "epoch-mean") with { Needs = MethodNeeds.SeveralEpochs },
        Method(MethodAxes.Optimizer, "heavy-ball") with { Traits = MethodTraits.ReadsMomentum },
        Method(MethodAxes.Optimizer, "plain"),
        Method(MethodAxes.LearningRate, "mended") with { Version = 2 },
    ]);

    [Theory]
    [InlineData("retraining: {epochs: 4, schedule: any-peak, peakLearningRate: 0.3}")]
    [InlineData("retraining: {epochs: 4, schedule: any-peak, candidates: 2, vary: peak-learning-rate, values: [0.1, 0.2]}")]
    [InlineData("pretraining: {epochs: 10, learningRate: 0.1, optimizer: heavy-ball, momentum: 0.8}")]
    [InlineData("pretraining: {epochs: 2, learningRate: 0.1, averaging: epoch-mean}")]
    public void What_a_method_has_a_use_for_is_accepted(string line) => Read(line).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("retraining: {epochs: 4, schedule: own-peak, peakLearningRate: 0.3}", "The schedule is own-peak, which sets its own peak.")]
    [InlineData("retraining: {epochs: 4, schedule: by-cut}\nsparsification: {sparsity: 0}", "by-cut sets its peak by what each cut removes")]
    [InlineData("retraining: {epochs: 99, schedule: replay}", "replay repeats the end of the pretraining")]
    [InlineData("pretraining: {epochs: 10, learningRate: 0.1, optimizer: plain, momentum: 0.8}", "The optimizer 'plain' has no momentum of this kind")]
    [InlineData("pretraining: {epochs: 1, learningRate: 0.1, averaging: epoch-mean}", "'epoch-mean' averages the ends of epochs")]
    public void What_a_method_has_no_use_for_is_refused(string line, string reason) => Read(line).Errors.ShouldHaveSingleItem().Reason.ShouldStartWith(reason);

    [Fact]
    public void What_a_schedule_asks_of_the_cut_is_part_of_the_recipe_so_that_whoever_plans_it_needs_no_schedules()
    {
        var recipe = Read("retraining: {epochs: 4, schedule: by-cut}").Recipe!;

        recipe.Retraining.NeedsCutMeasures.ShouldBeTrue();
        Read("retraining: {epochs: 4, schedule: own-peak, needsCutMeasures: true}").Recipe!.Retraining.NeedsCutMeasures.ShouldBeFalse("nobody need write it, and nobody can");
        CanonicalJson.Serialize(RecipeReader.Read(JsonSerializer.Serialize(recipe, ContractJson.Options), Invented).Recipe).ShouldBe(CanonicalJson.Serialize(recipe));
        RecipeSchema.Generate(Invented).ShouldNotContain("needsCutMeasures");
    }

    [Fact]
    public void A_method_that_was_mended_changes_the_recipes_that_name_it_and_no_others()
    {
        var mended = Read("pretraining: {epochs: 10, learningRate: 0.1, schedule: mended}").Recipe!;

        mended.Pretraining.Schedule.Version.ShouldBe(2);
        Read("pretraining: {epochs: 10, learningRate: 0.1, schedule: constant}").Recipe!.Pretraining.Schedule.Version.ShouldBeNull();
    }

    [Fact]
    public void A_recipe_that_was_stored_with_a_version_is_read_again_and_one_of_another_version_refused()
    {
        Read("pretraining: {epochs: 10, learningRate: 0.1, schedule: {name: mended, version: 2}}").Recipe!.Pretraining.Schedule.Version.ShouldBe(2);

        Read("pretraining: {epochs: 10, learningRate: 0.1, schedule: {name: mended, version: 3}}").Errors.ShouldHaveSingleItem().ToString()
            .ShouldEndWith("pretraining.schedule.version: The learning-rate 'mended' is of version 2 here. Remove the line, or use the SparsePipeline that has the version.");
    }

    private static RecipeReading Read(string lines)
    {
        string[] standard = ["pretraining: {epochs: 10, learningRate: 0.1}", "sparsification: {sparsity: 0.9}", "retraining: {epochs: 4}"];
        var given = lines.Split('\n');
        var recipe = standard.Where(line => given.All(g => g.Split(':')[0] != line.Split(':')[0])).Concat(given);
        return RecipeReader.Read(string.Join('\n', recipe.Prepend("data: {name: digits}").Prepend("model: mlp").Prepend("name: digits")), Invented);
    }

    private static MethodInfo Method(string axis, string name) => new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests." };
}

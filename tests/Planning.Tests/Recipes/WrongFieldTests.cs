namespace SparsePipeline.Planning.Tests;

/// <summary>Fields that are missing, unknown, given twice or of a wrong value, each by itself.</summary>
public sealed class WrongFieldTests
{
    [Fact]
    public void All_errors_come_at_once_each_with_its_line_and_remedy()
    {
        var errors = SmallestRecipe.Errors("""
            name: Digits
            model: {name: mpl}
            data:
              name: digits
              validaton: 0.1
            pretraining:
              epochs: "10"
              learningRate: 0
            sparsification:
              method: {name: global-magnitude, options: {p: 2}}
              sparsity: 1
            retraining:
              epochs: 4
              vary: weight-decy
            soup:
              quorum: 4
            """);

        errors.Select(WithoutKnownFields).ShouldBe(
        [
            "1:7: name: The value is 'Digits'. Write small letters, digits and single hyphens, as in 'my-run'.",
            "2:15: model.name: There is no model 'mpl'. Did you mean 'mlp'? Known: external, mlp, torchscript.",
            "5:3: data.validaton: There is no such field. Did you mean 'validation'? Known: …",
            "7:11: pretraining.epochs: The value is the text \"10\". Write a whole number, without quotes.",
            "8:17: pretraining.learningRate: The value is 0. It must be above 0 and at most 1000.",
            "10:46: sparsification.method.options.p: The pruner 'global-magnitude' has no such option. It has none.",
            "11:13: sparsification.sparsity: The value is 1. It must be at least 0 and below 1.",
            "14:9: retraining.vary: The value is 'weight-decy'. Did you mean 'weight-decay'? Known: seed, weight-decay, retrain-length, peak-learning-rate.",
            "16:11: soup.quorum: The quorum is 4, but there are 3 candidates. Use at most 3.",
        ]);
    }

    [Fact]
    public void Missing_fields_are_named_where_they_belong()
    {
        var errors = SmallestRecipe.Errors("name: x\ndata: {}\npretraining:\n  learningRate: 0.1\nsparsification: {sparsity: 0.5}\nretraining: {epochs: 1}\n");

        errors.Select(e => e.ToString()).ShouldBe(
        [
            "1:1: model: The field is missing. Add 'model:'; it has no default.",
            "2:7: data.name: The field is missing. Add 'name:'; it has no default.",
            "4:3: pretraining.epochs: The field is missing. Add 'epochs:'; it has no default.",
        ]);
    }

    [Theory]
    [InlineData("epochs: 4", "epochs: 4.5", "retraining.epochs", "The value is '4.5'.")]
    [InlineData("epochs: 4", "epochs:", "retraining.epochs", "There is no value.")]
    [InlineData("epochs: 4", "epochs: [4]", "retraining.epochs", "The value is a list.")]
    [InlineData("epochs: 4", "epochs: 99999999999", "retraining.epochs", "The value is '99999999999'.")]
    [InlineData("learningRate: 0.1", "learningRate: .inf", "pretraining.learningRate", "The value is '.inf'.")]
    [InlineData("learningRate: 0.1", "learningRate: NaN", "pretraining.learningRate", "The value is 'NaN'.")]
    [InlineData("sparsity: 0.98", "sparsity: 98%", "sparsification.sparsity", "The value is '98%'.")]
    [InlineData("sparsity: 0.98", "sparsity: 0.98\n  cycles: 0", "sparsification.cycles", "The value is 0.")]
    [InlineData("sparsity: 0.98", "sparsity: 0.98\n  exclude: fc*", "sparsification.exclude", "The value is 'fc*'.")]
    [InlineData("model: mlp", "model: [mlp]", "model", "The value is a list without a method's name.")]
    [InlineData("model: mlp", "model: {name: mlp, hidden: [3]}", "model.hidden", "There is no such field.")]
    [InlineData("model: mlp", "model: {name: mlp, options: {hidden: [0]}}", "model.options.hidden", "The value is 0.")]
    [InlineData("model: mlp", "model: {name: mlp, options: {hidden: 3}}", "model.options.hidden", "The value is '3'.")]
    [InlineData("model: mlp", "model: {name: mlp, options: {batchNorm: yes}}", "model.options.batchNorm", "The value is 'yes'.")]
    [InlineData("  name: digits\npre", "  name: glyphs\n  options: {side: 7}\npre", "data.options.side", "The value is 7.")]
    [InlineData("  name: digits\npre", "  name: glyphs\n  options: 7\npre", "data.options", "The value is '7'.")]
    [InlineData("  name: digits\npre", "  name: digits\n  options: {side: 7}\npre", "data.options.side", "The data 'digits' has no such option.")]
    [InlineData("model: mlp", "model: external", "model.options.path", "The model 'external' needs this option.")]
    [InlineData("model: mlp", "model: torchscript", "model.file", "The model 'torchscript' is read from a file.")]
    [InlineData("model: mlp", "model: {name: torchscript, file: }", "model.file", "The model 'torchscript' is read from a file.")]
    [InlineData("model: mlp", "model: {name: torchscript, file: [a.pt]}", "model.file", "The model 'torchscript' is read from a file.")]
    [InlineData("model: mlp", "model: {name: mlp, file: a.pt}", "model.file", "The model 'mlp' is built in and reads no file.")]
    [InlineData("model: mlp", "model: {name: torchscript, file: a.pt, script: b}", "model.script", "There is no such field.")]
    [InlineData("learningRate: 0.1", "learningRate: 0.1\n  checkpoint: {digest: a}", "pretraining.checkpoint", "There is no such field.")]
    [InlineData("data:\n  name: digits", "data: digits", "data", "The value is 'digits'.")]
    public void A_wrong_value_is_refused(string right, string wrong, string field, string reason)
    {
        var error = SmallestRecipe.Errors(SmallestRecipe.Text.Replace(right, wrong, StringComparison.Ordinal)).ShouldHaveSingleItem();

        (error.Field, error.Reason).ShouldBe((field, reason));
        error.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_field_given_twice_is_refused()
    {
        var error = SmallestRecipe.Errors($"{SmallestRecipe.Text}\nname: other\n").ShouldHaveSingleItem();

        error.ToString().ShouldBe("12:1: name: The field is given twice, first in line 1. Remove one.");
    }

    // Fields are added to recipes over time, and this is about the sentence around them.
    private static string WithoutKnownFields(RecipeError error) =>
        error.Reason.Contains("no such field", StringComparison.Ordinal) ? error.ToString().Split("Known: ")[0] + "Known: …" : error.ToString();
}

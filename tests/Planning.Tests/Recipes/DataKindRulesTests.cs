using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class DataKindRulesTests
{
    private static readonly MethodCatalog Kinds = new(
    [
        .. Catalog.Test.Methods,
        Method(MethodAxes.Data, "text", DataKinds.Text), Method(MethodAxes.Model, "gpt", DataKinds.Text), Method(MethodAxes.Augmentation, "mirror", null),
        Method(MethodAxes.Data, "table", DataKinds.Numbers), Method(MethodAxes.Model, "perceptron", DataKinds.Numbers),
        Method(MethodAxes.Model, "brought", DataKinds.Any),
    ]);

    [Fact]
    public void A_model_for_text_works_on_text() => Errors("gpt", "{name: text}").ShouldBeEmpty();

    [Theory]
    [InlineData("table")]
    [InlineData("digits")]
    public void A_model_for_numbers_works_on_images_too(string data) => Errors("perceptron", $"{{name: {data}}}").ShouldBeEmpty();

    [Theory]
    [InlineData("table")]
    [InlineData("digits")]
    [InlineData("text")]
    public void A_model_from_a_file_works_on_whatever_it_was_made_for(string data) => Errors("brought", $"{{name: {data}}}").ShouldBeEmpty();

    [Theory]
    [InlineData("mlp", "{name: table}", "model: The model 'mlp' works on images, but the data is numbers ('table'). Use another model, or other data.")]
    [InlineData("perceptron", "{name: text}", "model: The model 'perceptron' works on numbers, but the data is text ('text'). Use another model, or other data.")]
    [InlineData("gpt", "{name: digits}", "model: The model 'gpt' works on text, but the data is images ('digits'). Use another model, or other data.")]
    [InlineData("mlp", "{name: text}", "model: The model 'mlp' works on images, but the data is text ('text'). Use another model, or other data.")]
    [InlineData(
        "gpt", "{name: text, augmentation: mirror}",
        "data.augmentation: The augmentation 'mirror' works on images, but the data is text ('text'). Remove it, or use other data.")]
    public void What_cannot_work_on_the_data_is_refused(string model, string data, string error) => Errors(model, data).ShouldHaveSingleItem().ShouldEndWith(error);

    [Fact]
    public void Corruptions_of_pictures_are_refused_for_text_once() =>
        Errors("gpt", "{name: text}", "evaluation: {corruptions: all}").ShouldHaveSingleItem().ShouldEndWith(
            "evaluation.corruptions: The corruption 'blur' works on images, but the data is text ('text'). Remove it, or use other data.");

    [Fact]
    public void Data_that_does_not_exist_is_the_only_thing_reported() => Errors("gpt", "{name: txt}").ShouldHaveSingleItem().ShouldContain("There is no data 'txt'.");

    private static IEnumerable<string> Errors(string model, string data, string more = "") => RecipeReader.Read(
        $"""
        name: kinds
        model: {model}
        data: {data}
        pretraining: {"{"}epochs: 1, learningRate: 0.1{"}"}
        sparsification: {"{"}sparsity: 0.5{"}"}
        retraining: {"{"}epochs: 1{"}"}
        {more}
        """,
        Kinds).Errors.Select(e => e.ToString());

    private static MethodInfo Method(string axis, string name, string? kind) =>
        new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests.", DataKind = kind };
}

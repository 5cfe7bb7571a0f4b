using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class UpdateRulesTests
{
    private static readonly MethodCatalog Kinds = new([.. Catalog.Test.Methods, Text(MethodAxes.Data, "text"), Text(MethodAxes.Model, "gpt")]);

    [Theory]
    [InlineData("momentum: 0.8")]
    [InlineData("optimizer: sgd, momentum: 0.8, clipNorm: 5, labelSmoothing: 0.1, mixup: 0.2")]
    [InlineData("optimizer: {name: adamw, options: {beta2: 0.95}}, clipNorm: 1")]
    [InlineData("precision: bfloat16")]
    public void Settings_that_go_together_are_accepted(string pretraining) => Errors(pretraining, "digits").ShouldBeEmpty();

    [Fact]
    public void Momentum_is_refused_for_an_optimizer_that_has_none() => Errors("optimizer: adamw, momentum: 0.8", "digits").ShouldHaveSingleItem().ShouldEndWith(
        "pretraining.momentum: The optimizer 'adamw' has no momentum of this kind, so this value would not be used. "
        + "Remove it, or set what pretraining.optimizer.options has, or use 'sgd'.");

    [Fact]
    public void Mixup_of_text_is_refused() => Errors("mixup: 0.2", "text").ShouldHaveSingleItem().ShouldEndWith(
        "pretraining.mixup: Mixup adds up inputs, and characters of a text cannot be added up. Remove it, or use images.");

    [Theory]
    [InlineData("labelSmoothing: 1", "labelSmoothing: The value is 1. It must be at least 0 and below 1.")]
    [InlineData("mixup: -0.1", "mixup: The value is -0.1. It must be at least 0 and at most 100.")]
    [InlineData("clipNorm: 0", "clipNorm: The value is 0. It must be above 0 and at most 1000000.")]
    [InlineData("precision: bf16", "precision: The value is 'bf16'.")]
    [InlineData("precision: float16", "precision: The value is 'float16'.")]
    [InlineData("precision: 16", "precision:")]
    [InlineData("optimizer: adam", "optimizer: There is no optimizer 'adam'. Did you mean 'adamw'?")]
    [InlineData("optimizer: {name: adamw, options: {beta2: 1}}", "optimizer.options.beta2: The value is 1. It must be in [0, 0.999999].")]
    public void A_value_out_of_range_is_refused(string pretraining, string error) =>
        Errors(pretraining, "digits").ShouldHaveSingleItem().ShouldContain($"pretraining.{error}");

    private static string[] Errors(string pretraining, string data) => [.. RecipeReader.Read(
        $$"""
        name: digits
        model: {{(data == "text" ? "gpt" : "mlp")}}
        data: {name: {{data}}}
        pretraining: {epochs: 10, learningRate: 0.1, {{pretraining}}}
        sparsification: {sparsity: 0.9}
        retraining: {epochs: 4}
        """,
        Kinds).Errors.Select(e => e.ToString())];

    private static MethodInfo Text(string axis, string name) =>
        new() { Axis = axis, Name = name, Title = name, UseWhen = "In tests.", DataKind = DataKinds.Text };
}

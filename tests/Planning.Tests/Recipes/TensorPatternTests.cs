using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class TensorPatternTests
{
    private const string Patterns =
        """
          exclude: ["head.*"]
          include: ["wte.*"]
          layers:
            "fc2.*": 0.25
            "fc1.*": 0.5
          outputLayer: fc3
        """;

    [Fact]
    public void A_recipe_names_what_is_pruned_by_patterns_in_an_order_that_says_nothing()
    {
        var sparsification = Read(Patterns).Sparsification;

        sparsification.Exclude.ShouldBe(["head.*"]);
        sparsification.Include.ShouldBe(["wte.*"]);
        sparsification.Layers!.Select(l => (l.Key, l.Value)).ShouldBe([("fc1.*", 0.5), ("fc2.*", 0.25)]);
        sparsification.OutputLayer.ShouldBe("fc3");
        RunId.Of(Read(Patterns)).ShouldBe(RunId.Of(Read(Patterns.Replace("    \"fc2.*\": 0.25\n", "", StringComparison.Ordinal).Replace(
            "    \"fc1.*\": 0.5\n", "    \"fc1.*\": 0.5\n    \"fc2.*\": 0.25\n", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("layers: 0.5", "sparsification.layers", "Write 'NAME: VALUE' in indented lines below it.")]
    [InlineData("layers: {\"fc1.*\": 1.0}", "sparsification.layers['fc1.*']", "It must be at least 0 and below 1.")]
    [InlineData("layers: {\"fc1.*\": half}", "sparsification.layers['fc1.*']", "Write a number such as 0.1 or 1e-4, without quotes.")]
    [InlineData("include: wte", "sparsification.include", "Write a list: [a, b, c].")]
    public void Patterns_that_cannot_be_read_are_refused(string line, string field, string remedy)
    {
        var error = SmallestRecipe.Errors(Text($"  {line}")).ShouldHaveSingleItem();

        (error.Field, error.Remedy).ShouldBe((field, remedy));
    }

    [Fact]
    public void A_structure_of_a_fixed_density_gives_no_layer_another()
    {
        var error = SmallestRecipe.Errors(Text("  structure: 2-of-4\n  cycles: 1\n  layers: {\"fc1.*\": 0.25}").Replace("sparsity: 0.98", "sparsity: 0.5", StringComparison.Ordinal)).ShouldHaveSingleItem();

        error.Reason.ShouldBe("The structure '2-of-4' has a sparsity of 0.5, and the cut is to 0.25.");
    }

    private static string Text(string lines) => SmallestRecipe.Text.Replace("sparsification:\n", $"sparsification:\n{lines}\n", StringComparison.Ordinal);

    private static Recipe Read(string lines) => SmallestRecipe.Read(Text(lines));
}

using System.Text.Json.Nodes;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class RecipeSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(RecipeSchema.Generate(Catalog.Test))!;

    [Fact]
    public void Required_fields_are_required() =>
        Names(Schema["required"]!).ShouldBe(["name", "model", "data"]);

    [Fact]
    public void Fields_carry_their_description_range_and_default()
    {
        var candidates = Schema["properties"]!["retraining"]!["properties"]!["candidates"]!;

        candidates.ToJsonString().ShouldBe("""{"type":"integer","minimum":1,"maximum":100,"description":"m, 1 to 100.","default":3}""");
    }

    [Fact]
    public void Open_ends_of_a_range_are_open()
    {
        var sparsity = Schema["properties"]!["sparsification"]!["properties"]!["sparsity"]!.AsObject();

        (sparsity["minimum"]!.GetValue<double>(), sparsity["exclusiveMaximum"]!.GetValue<double>()).ShouldBe((0, 1));
        sparsity.ContainsKey("maximum").ShouldBeFalse();
    }

    [Fact]
    public void Names_of_methods_are_listed() =>
        Names(Schema["properties"]!["sparsification"]!["properties"]!["schedule"]!["enum"]!).ShouldBe(Catalog.Test.Names(MethodAxes.SparsitySchedule));

    [Fact]
    public void A_method_that_needs_an_option_or_a_file_cannot_be_named_alone()
    {
        var model = Schema["properties"]!["model"]!["anyOf"]!;

        Names(model[0]!["enum"]!).ShouldBe(["mlp"]);
        Names(Method("external")["properties"]!["options"]!["required"]!).ShouldBe(["path"]);
        Names(Method("torchscript")["required"]!).ShouldBe(["name", "file"]);

        JsonNode Method(string name) => model.AsArray().Single(m => m!["title"]?.GetValue<string>() == name)!;
    }

    [Fact]
    public void The_options_of_data_are_those_of_one_data_set() =>
        Schema["properties"]!["data"]!["properties"]!["options"]!["anyOf"]!.AsArray().Select(o => $"{o!["title"]}: {o["properties"]!.ToJsonString()}").ShouldBe(
            ["digits: {}", """glyphs: {"side":{"type":"integer","minimum":8,"maximum":64,"description":"In pixels.","default":28}}""", "idx: {}", "windows: {}"]);

    [Fact]
    public void The_varied_dimensions_are_those_the_planner_knows() =>
        Names(Schema["properties"]!["retraining"]!["properties"]!["vary"]!["enum"]!).ShouldBe(VariedDimensions.All);

    [Fact]
    public void A_list_that_may_be_everything_says_so() =>
        Schema["properties"]!["evaluation"]!["properties"]!["corruptions"]!["anyOf"]!.ToJsonString()
            .ShouldBe("""[{"type":"array","items":{"type":"string","enum":["blur","fog"]}},{"const":"all"}]""");

    private static string[] Names(JsonNode array) => [.. array.AsArray().Select(n => n!.GetValue<string>())];
}

using CsCheck;

namespace SparsePipeline.Planning.Tests;

public sealed class HostileRecipeTests
{
    private static readonly string[] Pieces =
    [
        "name", "model", ":", ": ", "\n", "\n  ", "- ", "{", "}", "[", "]", ",", "'", "\"", "&a", "*a", "!t", "|", ">", "#", "?", "0.1", "~", "epochs",
        "\t", "é", "\0",
    ];

    [Fact]
    public void Anchors_are_refused_so_that_no_text_unfolds_into_more() =>
        Error("a: &a [x, x]\nb: [*a, *a]").ShouldBe("1:4: recipe: The anchor '&a' is set, but recipes take no anchors. Write the value out.");

    [Fact]
    public void Tags_are_refused() => Error("name: !!python/object:os.system x").ShouldContain("recipes take no tags");

    [Fact]
    public void Deep_nesting_is_refused() => Error(new string('[', 100_000)).ShouldContain("nested more than 16 levels");

    [Fact]
    public void Many_values_are_refused() => Error($"name: [{string.Join(',', Enumerable.Repeat("a", 20_000))}]").ShouldContain("more than 10,000 values");

    [Fact]
    public void A_huge_text_is_refused() => Error(new string('a', 300_000)).ShouldContain("longer than 262,144 characters");

    [Fact]
    public void A_second_document_is_refused() => Error("name: x\n---\nname: y\n").ShouldStartWith("2:1:");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public void An_empty_recipe_is_refused(string yaml) => Error(yaml).ShouldContain("The recipe is empty");

    [Fact]
    public void A_syntax_error_is_reported_with_its_line() => Error("name: x\nmodel: {name: mlp\ndata: 3\n").ShouldMatch("^[0-9]+:[0-9]+: recipe: ");

    [Fact]
    public void Whatever_the_text_the_answer_is_a_recipe_or_errors() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])
            .Array[0, 40].Select(string.Concat)
            .Sample(text => RecipeReader.Read(text, Catalog.Test) is { Recipe: null, Errors.Count: > 0 }, iter: 20_000);

    private static string Error(string yaml) => RecipeReader.Read(yaml, Catalog.Test).Errors.ShouldHaveSingleItem().ToString();
}

namespace SparsePipeline.Contracts.Tests.Errors;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0.9", 0.9)]
    [InlineData("1e-4", 1e-4)]
    [InlineData("-3", -3.0)]
    [InlineData("0,9", null)]
    [InlineData("1,000", null)]
    [InlineData("ninety", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("", null)]
    public void A_number_has_a_point_and_no_separators(string text, double? number) => NumberText.Number(text).ShouldBe(number);

    [Theory]
    [InlineData("0,9", "Write 0.9, with a point.")]
    [InlineData(",5", "Write .5, with a point.")]
    [InlineData("-1,5e-3", "Write -1.5e-3, with a point.")]
    [InlineData("90%", "Write 0.9: shares are numbers from 0 to 1.")]
    [InlineData("12,5 %", "Write 0.125: shares are numbers from 0 to 1.")]
    [InlineData("ninety", null)]
    [InlineData("0.9", null)]
    public void Decimal_commas_and_percentages_are_recognised(string text, string? hint) => NumberText.Hint(text).ShouldBe(hint);

    [Fact]
    public void Many_names_are_one_clause()
    {
        NameList.Quoted(["a", "b"]).ShouldBe("'a', 'b'");
        NameList.Quoted([.. Enumerable.Range(0, 48).Select(i => $"layers.{i}.weight")]).ShouldBe("'layers.0.weight', 'layers.1.weight', 'layers.2.weight' and 45 more");
    }
}

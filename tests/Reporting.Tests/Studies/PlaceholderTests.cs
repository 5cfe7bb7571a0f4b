using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Text;

namespace SparsePipeline.Reporting.Tests.Studies;

/// <summary>Figures in texts are looked up in the report, so the page cannot say another number in its text than in its tables.</summary>
public sealed class PlaceholderTests
{
    private static readonly StudyReport Report = SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid()), r =>
    [
        SampleStudy.Model("soup", 0.9 + (0.01 * r.Seed), 0.8), SampleStudy.Model("imp", 0.9, 0.81), SampleStudy.Model("mean-candidate", 0.89 + (0.01 * r.Seed), 0.79),
    ]) with
    {
        Seeds = new StudySeeds([4], [1, 2, 3]),
        Sizes = new StudySizes(50_000, new Dictionary<string, int> { ["training"] = 820, ["test"] = 257 }),
    };

    [Theory]
    [InlineData("{{examples:training}} and {{ examples:test }}", "820 and 257")]
    [InlineData("{{example-points:test}}", "0.39")]
    [InlineData("{{weights}}", "50,000")]
    [InlineData("{{seeds:judging}} / {{seeds:tuning}}", "1 to 3 / 4")]
    [InlineData("{{claim:beats-mean-member:test:uniform}}", "+1.00 [+1.00, +1.00]")]
    [InlineData("{{claim:beats-imp:test:uniform}}", "+2.00 [−0.48, +4.48]")]
    [InlineData("{{claim:beats-imp:test:uniform:mean}}, {{claim:beats-imp:test:uniform:verdict}}", "+2.00, undecided")]
    [InlineData("{{average:soup:test:uniform}}", "92.0")]
    [InlineData("{{gain:imp:shifted:uniform}}", "−1.00 [−1.00, −1.00]")]
    [InlineData("{{accuracy:main:sparsity 0.98:soup:test}}", "92.0")]
    [InlineData("{{difference:main:sparsity 0.9:imp:shifted}}", "−1.00 [−1.00, −1.00]")]
    [InlineData("no { braces }", "no { braces }")]
    public void A_placeholder_is_replaced_by_its_figure(string text, string expected) =>
        Placeholders.Fill(text, "The notes", new StudyFigures(Report).Of).ShouldBe(expected);

    [Theory]
    [InlineData("{{example:test}}", "There is no such placeholder.")]
    [InlineData("{{examples:shifted}}", "No examples of 'shifted' were counted.")]
    [InlineData("{{claim:beats-imp:test:greedy}}", "Nothing was claimed of 'beats-imp' on 'test' for 'greedy'.")]
    [InlineData("{{claim:beats-imp:test:uniform:p}}", "There is no part 'p' of a claim.")]
    [InlineData("{{accuracy:main:sparsity 0.99:soup:test}}", "The grid main has no cell 'sparsity 0.99'.")]
    [InlineData("{{accuracy:rate:0.1:soup:test}}", "There is no grid 'rate'.")]
    [InlineData("{{average:swa:test:uniform}}", "No seed has this figure.")]
    [InlineData("{{barrier:main:sparsity 0.9}}", "It was not measured.")]
    public void One_without_a_figure_is_an_error_that_names_it(string text, string reason)
    {
        var refused = Should.Throw<DomainException>(() => Placeholders.Fill($"A {text} b", "The notes of sample", new StudyFigures(Report).Of)).Failure;

        refused.Reason.ShouldBe($"The notes of sample: {text}: {reason}");
        refused.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void All_that_are_wrong_are_told_at_once() =>
        Should.Throw<DomainException>(() => Placeholders.Fill("{{a}} {{weights}} {{b}}", "x", new StudyFigures(Report).Of)).Failure.Reason
            .ShouldBe("x: {{a}}: There is no such placeholder. {{b}}: There is no such placeholder.");

    [Fact]
    public void A_figure_of_a_grid_that_is_not_computed_yet_is_a_dash() =>
        Placeholders.Fill(
            "{{accuracy:sweep:lr 0.1:soup:test}}", "The notes", new StudyFigures(Report with { Missing = [new MissingSeeds("sweep", [1], IsLeftOut: true)] }).Of).ShouldBe("–");

    [Fact]
    public void A_text_about_several_studies_names_them_and_one_without_figures_has_a_dash()
    {
        StudyText.Fill("{{sample/weights}}, {{later/weights}}", "preface.md", [Report], ["later"]).ShouldBe("50,000, –");
        Should.Throw<DomainException>(() => StudyText.Fill("{{other/weights}} {{weights}}", "preface.md", [Report], [])).Failure.Reason
            .ShouldBe("preface.md: {{other/weights}}: There is no study 'other' among those given. {{weights}}: There is no study '' among those given.");
    }
}

using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Documentation;

public class DocumentationTests
{
    [Fact]
    public void The_configuration_page_is_up_to_date() => ShouldBeUpToDate("configuration.md", ConfigurationDocument.Render());

    [Fact]
    public void Every_option_says_what_it_means() =>
        ConfigurationDocument.Render().Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .ShouldAllBe(l => l.Split('|')[4].Trim().Length > 20);

    [Fact]
    public void The_metrics_page_is_up_to_date() => ShouldBeUpToDate("metrics.md", MetricsDocument.Render());

    private static void ShouldBeUpToDate(string page, string text)
    {
        var (stored, expected) = GeneratedFile.Compare("docs/" + page, text);
        stored.ShouldBe(expected, "run `make docs`");
    }
}

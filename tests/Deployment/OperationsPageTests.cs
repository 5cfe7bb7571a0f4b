namespace SparsePipeline.Deployment;

/// <summary>docs/operations.md keeps up with what it explains.</summary>
public sealed class OperationsPageTests
{
    private static readonly string Page = Repository.Read("docs/operations.md");

    [Fact]
    public void Every_alert_has_a_row_that_says_what_to_do()
    {
        var alerts = Repository.Read("infra/observability/alerts.yaml").Split('\n')
            .Where(line => line.TrimStart().StartsWith("- alert: ", StringComparison.Ordinal)).Select(line => line.Split(": ")[1].Trim()).ToList();

        alerts.ShouldNotBeEmpty();
        Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim())
            .Where(cell => cell.Length > 0 && char.IsAsciiLetterUpper(cell[0])).ShouldBe(alerts);
    }

    [Fact]
    public void Every_profile_of_the_compose_file_is_explained()
    {
        foreach (var profile in Compose.ComposeFile.Services.Values.SelectMany(service => service.ListAt("profiles")).Cast<string>().Distinct())
            Page.ShouldContain($"| `{profile}` |");
    }
}

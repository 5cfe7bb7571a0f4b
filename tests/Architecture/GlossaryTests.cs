using System.Text.RegularExpressions;

namespace SparsePipeline.Architecture;

public sealed partial class GlossaryTests
{
    [Fact]
    public void Every_file_that_the_glossary_and_its_walk_name_exists()
    {
        var named = Paths().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/glossary.md"))).Select(m => m.Groups["path"].Value)
            .Where(path => !path.Contains("Your", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();

        named.Count.ShouldBeGreaterThan(50);
        named.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).ShouldBeEmpty();
    }

    [GeneratedRegex("`(?<path>(contracts|core|infra|services|tests)/[A-Za-z0-9_./-]+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Paths();
}

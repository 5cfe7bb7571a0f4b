using System.Text.RegularExpressions;

namespace SparsePipeline.Deployment.Images;

/// <summary>What the Dockerfiles promise.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.File("infra/docker"), "*Dockerfile").Select(f => "infra/docker/" + Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_base_image_is_pinned_to_a_release(string file)
    {
        var text = Repository.Read(file);
        var bases = BaseImage().Matches(text).Select(m => m.Groups["image"].Value).ToList();

        bases.ShouldNotBeEmpty();
        bases.ShouldAllBe(image => PinnedTag().IsMatch(image));
        text.ShouldContain("imagetools inspect", customMessage: "says how to pin the bytes");
        // Stages start from a pinned argument or from one another, never from a tag in passing.
        From().Matches(text).Select(m => m.Groups["image"].Value).ShouldAllBe(from => from.StartsWith("${", StringComparison.Ordinal) || Stage(text, from));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_container_runs_as_root(string file) =>
        Repository.Read(file).Split('\n').Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldNotBeOneOf("USER root", "USER 0");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_image_says_how_its_health_is_known(string file) => Repository.Read(file).ShouldContain("HEALTHCHECK ");

    [Fact]
    public void Nothing_enters_a_build_that_is_not_listed()
    {
        var rules = Repository.Read(".dockerignore").Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();

        rules[0].ShouldBe("*");
        rules.Where(rule => rule[0] == '!').Select(rule => rule[1..]).ShouldNotContain(rule => rule.StartsWith(".env") || rule == ".sparsepipe" || rule == ".git");
        rules.Where(rule => rule[0] == '!').Select(rule => rule[1..]).Where(path => !Path.Exists(Repository.File(path))).ShouldBeEmpty();
    }

    private static bool Stage(string text, string name) => text.Contains($" AS {name}\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^ARG \w+_IMAGE=(?<image>\S+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BaseImage();

    [GeneratedRegex(@"^FROM (?<image>\S+)", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex From();

    [GeneratedRegex(@":\d+\.\d+(\.\d+)?-[a-z]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PinnedTag();
}

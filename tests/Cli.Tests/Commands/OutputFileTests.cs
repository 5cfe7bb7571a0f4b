using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>What commands may write, and what they refuse before any work.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("soup", "a.safetensors", "b.safetensors", "-o", "a.safetensors", "--force")]
    [InlineData("soup", "a.safetensors", "b.safetensors", "-o", "link.safetensors", "--force")]
    [InlineData("soup", "a.safetensors", "b.safetensors", "-o", "linked/b.safetensors", "--force")]
    [InlineData("soup", "link.safetensors", "b.safetensors", "-o", "a.safetensors", "--force")]
    [InlineData("soup", "a.safetensors", "b.safetensors", "--mask", "a.mask.safetensors", "-o", "a.mask.safetensors", "--force")]
    [InlineData("export", "a.safetensors", "-o", "./a.safetensors", "--force")]
    [InlineData("export", "a.safetensors", "--mask", "a.mask.safetensors", "-o", "a.mask.safetensors", "--force")]
    [InlineData("prune", "a.safetensors", "-s", "0.75", "--mask", "a.mask.safetensors", "--force")]
    public async Task An_input_is_never_written(params string[] words)
    {
        Prepare();
        await CliRun.InvokeAsync("prune", folder.File("a.safetensors"), "-s", "0.5");
        var before = Contents();

        var run = await CliRun.InvokeAsync([.. words.Select(InFolder)]);

        run.ExitCode.ShouldBe(ExitCodes.Usage, run.Output);
        run.Error.ShouldContain("is an input");
        Contents().ShouldBe(before);
    }

    [Theory]
    [InlineData("soup", "a.safetensors", "b.safetensors", "-o", "there.safetensors")]
    [InlineData("export", "a.safetensors", "-o", "there.safetensors")]
    [InlineData("export", "a.safetensors", "-f", "packed", "-o", "there.safetensors")]
    [InlineData("prune", "there.safetensors", "-s", "0.5")]
    public async Task An_existing_file_is_replaced_only_with_force(params string[] words)
    {
        Prepare();
        File.WriteAllText(folder.File("there.mask.safetensors"), "precious");
        if (words[0] == "prune")
            SmallCheckpoint.Write(folder.File("there.safetensors"));
        else
            File.WriteAllText(folder.File("there.safetensors"), "precious");
        var before = Contents();

        var refused = await CliRun.InvokeAsync([.. words.Select(InFolder)]);
        Contents().ShouldBe(before);
        var forced = await CliRun.InvokeAsync([.. words.Select(InFolder), "--force"]);

        refused.ExitCode.ShouldBe(ExitCodes.Usage);
        refused.ErrorLines.ShouldHaveSingleItem().ShouldContain("--force");
        refused.Error.ShouldContain("exists");
        forced.ExitCode.ShouldBe(ExitCodes.Ok, forced.Error);
        Contents().ShouldNotBe(before);
    }

    [Theory]
    [InlineData("soup", "a.safetensors", "b.safetensors", "-o", "no/where/soup.safetensors")]
    [InlineData("export", "a.safetensors", "-o", "no/where/soup.safetensors")]
    [InlineData("prune", "a.safetensors", "-s", "0.5", "-o", "no/where")]
    public async Task A_missing_folder_is_made_only_when_its_parent_is_there(params string[] words)
    {
        Prepare();

        var run = await CliRun.InvokeAsync([.. words.Select(InFolder)]);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain($"because {folder.File("no")} does not exist");
        Directory.Exists(folder.File("no")).ShouldBeFalse();
        Directory.CreateDirectory(folder.File("no"));
        (await CliRun.InvokeAsync([.. words.Select(InFolder)])).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_is_refused()
    {
        Prepare();
        Directory.CreateDirectory(folder.File("taken"));

        var run = await CliRun.InvokeAsync("export", folder.File("a.safetensors"), "-o", folder.File("taken"), "--force");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("is a folder");
    }

    [Fact]
    public async Task Reports_and_studies_do_not_replace_files_either()
    {
        Directory.CreateDirectory(folder.File("report"));
        File.WriteAllText(folder.File("report/report.html"), "precious");
        File.WriteAllText(folder.File("page.md"), "precious");
        var recipe = Path.Combine(RepositoryFolder.Path, "recipes", "sms-digits.yaml");
        var study = Path.Combine(RepositoryFolder.Path, "studies", "digits-quick.yaml");

        var run = await CliRun.InvokeAsync("run", recipe, "--store", folder.File("store"), "--output", folder.File("report"));
        var page = await CliRun.InvokeAsync("study", study, "--store", folder.File("store"), "--page", folder.File("page.md"));
        var preface = await CliRun.InvokeAsync(
            "study", study, "--store", folder.File("store"), "--preface", folder.File("page.md"), "--page", folder.File("page.md"), "--force");

        run.Error.ShouldContain($"{folder.File("report/report.html")} exists. Add --force");
        page.Error.ShouldContain($"{folder.File("page.md")} exists. Add --force");
        preface.Error.ShouldContain("is an input");
        new[] { run, page, preface }.ShouldAllBe(r => r.ExitCode == ExitCodes.Usage);
        Directory.Exists(folder.File("store")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("out", "soup", "a.safetensors", "b.safetensors", "-o", "out.safetensors")]
    [InlineData("a.pruned", "prune", "a.safetensors", "-s", "0.5")]
    public async Task What_a_killed_command_left_beside_the_output_is_removed_and_told(string output, params string[] words)
    {
        Prepare();
        var left = folder.File($".{output}.safetensors.abcd1234.xyz.partial");
        File.WriteAllText(left, "half");
        File.WriteAllText(folder.File(".else.safetensors.abcd1234.xyz.partial"), "half");

        var run = await CliRun.InvokeAsync([.. words.Select(InFolder)]);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("removed 1 unfinished file (4 B) that a command which was killed left beside");
        File.Exists(left).ShouldBeFalse();
        File.Exists(folder.File(".else.safetensors.abcd1234.xyz.partial")).ShouldBeTrue();
    }

    private void Prepare()
    {
        SmallCheckpoint.Write(folder.File("a.safetensors"));
        SmallCheckpoint.Write(folder.File("b.safetensors"));
        File.CreateSymbolicLink(folder.File("link.safetensors"), folder.File("a.safetensors"));
        Directory.CreateSymbolicLink(folder.File("linked"), folder.Path);
    }

    private string InFolder(string word) => word.EndsWith(".safetensors", StringComparison.Ordinal) || word == "no/where" ? folder.File(word) : word;

    private List<string> Contents() =>
        [.. Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")];
}

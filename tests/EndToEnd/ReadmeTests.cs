using SparsePipeline.TestKit;

namespace SparsePipeline.EndToEnd;

/// <summary>A newcomer types every line of the README's shell blocks, from top to bottom, in one folder.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ReadmeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Lines that are not typed here as they stand, each with what is typed instead (nothing when empty) and why. A line that is not in this list
    /// is typed; an entry that is no line of the README any more fails the test.
    /// </summary>
    private static readonly Dictionary<string, (string Instead, string Why)> NotAsTheyStand = new(StringComparer.Ordinal)
    {
        ["make demo"] = ("./sparsepipe run recipes/sms-digits.yaml", "builds the program that is under test, then does just this"),
        ["make test"] = ("", "is what runs this test"),
        ["make results STUDY=studies/digits-quick.yaml"] = ("./sparsepipe study studies/digits-quick.yaml", "builds the program that is under test, then does just this"),
        ["make up TRAINERS=2"] = ("", "installs servers as root; UpTests starts and stops what it starts"),
        ["./sparsepipe run recipes/sms-digits.yaml --profile distributed"] = ("", "needs those servers; DistributedRunTests has its own"),
        ["make down"] = ("", "stops those servers"),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Patience(3600)]
    public async Task The_README_s_own_lines_work_when_they_are_typed_from_top_to_bottom()
    {
        Clone();
        var lines = ShellLines(await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.Path, "README.md"), TestContext.Current.CancellationToken)).ToList();
        NotAsTheyStand.Keys.Except(lines).ShouldBeEmpty("the list of exceptions names lines that the README does not have");
        lines.Count.ShouldBeGreaterThan(10);

        foreach (var line in lines)
            await TypeAsync(NotAsTheyStand.TryGetValue(line, out var exception) ? exception.Instead : line);
    }

    /// <summary>Lines of blocks that begin with <c>```sh</c>, without comments and empty lines.</summary>
    private static IEnumerable<string> ShellLines(IEnumerable<string> page)
    {
        var inside = false;
        foreach (var line in page)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = !inside && line == "```sh";
            else if (inside && line.Split(" #")[0].Trim() is { Length: > 0 } command && !command.StartsWith('#'))
                yield return command;
        }
    }

    // What the lines use, in a folder of its own, so that nothing is found there that an earlier line has not made.
    private void Clone()
    {
        foreach (var part in new[] { "recipes", "studies", "examples" })
            Copy(Path.Combine(RepositoryFolder.Path, part), _folder.File(part));
        var program = Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli");
        File.WriteAllText(_folder.File("sparsepipe"), $"#!/bin/sh\nexec '{program}' \"$@\"\n");
        File.SetUnixFileMode(_folder.File("sparsepipe"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private async Task TypeAsync(string line)
    {
        if (line.Length == 0)
            return;
        using var shell = RunProcess.Start("/bin/sh", ["-c", $"cd '{_folder.Path}' && {line} 2>&1"], new Dictionary<string, string>(StringComparer.Ordinal));
        (await shell.EndAsync(Patience)).ShouldBe(0, $"{line}\n{string.Join('\n', shell.Lines.TakeLast(20))}");
    }
}

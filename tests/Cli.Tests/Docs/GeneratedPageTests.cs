using System.CommandLine;
using System.Text;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Docs;

public sealed class GeneratedPageTests
{
    [Fact]
    public async Task The_page_of_methods_is_up_to_date()
    {
        var run = await CliRun.InvokeAsync("methods", "--markdown");
        run.ExitCode.ShouldBe(ExitCodes.Ok);
        ShouldBeCurrent("docs/methods.md", run.Output);
    }

    [Fact]
    public async Task The_page_of_the_command_line_is_up_to_date()
    {
        var text = new StringBuilder(
            """
            # The command line

            Generated from `--help`; a test fails when it is stale. `./sparsepipe` at the root of the repository starts the built program.

            Results go to standard output, progress too unless `--json` is given: then standard output carries one JSON document and nothing
            else, also for errors (`{"errors": [{"code", "reason", "remedy"}]}`). Errors are one line each on standard error and name the
            field, the value and the remedy. Ctrl-C once lets what runs here save its place and says how to go on; twice ends at once.

            With `--profile NAME` a command works on the broker and the store that `.sparsepipe/profiles/NAME.settings.json` names
            (`SPARSEPIPELINE_PROFILES` names another folder); environment variables win over it. Its keys are those of
            [configuration.md](configuration.md). `make up` starts such a broker, store and workers on this machine and writes the profile
            `distributed`.

            ## Exit codes

            | code | meaning |
            |---|---|

            """);
        foreach (var (code, meaning) in ExitCodes.All)
            text.Append($"| {code} | {meaning} |\n");
        text.Append("\n## sparsepipe\n\n");
        await AppendHelpAsync(text);
        foreach (var words in CommandLine.CreateRoot().Subcommands.SelectMany(c => Tree(c, [])))
        {
            text.Append($"\n## sparsepipe {string.Join(' ', words)}\n\n");
            await AppendHelpAsync(text, words);
        }

        ShouldBeCurrent("docs/cli.md", text.ToString());
    }

    [Fact]
    public void Every_command_has_examples_that_parse()
    {
        foreach (var command in CommandLine.CreateRoot().Subcommands.SelectMany(Leaves).Cast<CommandWithExamples>())
        {
            command.Examples.ShouldNotBeEmpty(command.Name);
            foreach (var example in command.Examples)
            {
                var words = example.Split(" > ")[0].Replace("'", "", StringComparison.Ordinal).Split(' ');
                words[0].ShouldBe("sparsepipe");
                CommandLine.CreateRoot().Parse(words[1..]).Errors.ShouldBeEmpty(example);
            }
        }
    }

    private static IEnumerable<string[]> Tree(Command command, string[] parents)
    {
        string[] words = [.. parents, command.Name];
        return [words, .. command.Subcommands.SelectMany(c => Tree(c, words))];
    }

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    private static void ShouldBeCurrent(string path, string text)
    {
        var (stored, expected) = GeneratedFile.Compare(path, text);

        stored.ShouldBe(expected, "make docs writes it again");
    }

    private static async Task AppendHelpAsync(StringBuilder text, params string[] command)
    {
        var run = await CliRun.InvokeAsync([.. command, "--help"]);
        run.ExitCode.ShouldBe(ExitCodes.Ok);
        var lines = run.Output.Split('\n').Select(l => l.TrimEnd());
        text.Append($"```text\n{string.Join('\n', lines).Trim('\n')}\n```\n");
    }
}

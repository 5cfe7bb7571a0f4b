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
            field, the value and the remedy. Ctrl-C once lets what runs save its place and says how to resume; twice ends at once.

            ## Exit codes

            | code | meaning |
            |---|---|

            """);
        foreach (var (code, meaning) in ExitCodes.All)
            text.Append($"| {code} | {meaning} |\n");
        text.Append("\n## sparsepipe\n\n");
        await AppendHelpAsync(text);
        foreach (var command in CommandLine.CreateRoot().Subcommands)
        {
            text.Append($"\n## sparsepipe {command.Name}\n\n");
            await AppendHelpAsync(text, command.Name);
        }

        ShouldBeCurrent("docs/cli.md", text.ToString());
    }

    [Fact]
    public void Every_command_has_examples_that_parse()
    {
        foreach (var command in CommandLine.CreateRoot().Subcommands.Cast<CommandWithExamples>())
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

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SparsePipeline.Cli;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _standard = new() { MaxWidth = 110 };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.Write(Usual(parseResult));
        if (parseResult.CommandResult.Command is CommandWithExamples { Examples.Count: > 0 } command)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }

        return ExitCodes.Ok;
    }

    // The library names the program after its executable file, which is not what people type.
    private string Usual(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        _standard.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        return text.ToString().Replace(RootCommand.ExecutableName, "sparsepipe", StringComparison.Ordinal);
    }
}

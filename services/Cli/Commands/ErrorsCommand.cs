using System.CommandLine;
using SparsePipeline.Cli.Commands.Errors;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>errors …</c>: messages that were given up and wait for a person.</summary>
internal static class ErrorsCommand
{
    public static Command Create() => new("errors", "List, show, retry and drop messages that were given up.")
    {
        ListErrorsCommand.Create(),
        ShowErrorCommand.Create(),
        RetryErrorsCommand.Create(),
        DropErrorsCommand.Create(),
    };
}

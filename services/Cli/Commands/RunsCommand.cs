using System.CommandLine;
using SparsePipeline.Cli.Commands.Runs;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>runs …</c>: what there is to say and do about runs that were submitted.</summary>
internal static class RunsCommand
{
    public static Command Create() => new("runs", "List, show, cancel and resume runs that were submitted.")
    {
        ListRunsCommand.Create(),
        ShowRunCommand.Create(),
        CancelRunCommand.Create(),
        ResumeRunCommand.Create(),
    };
}

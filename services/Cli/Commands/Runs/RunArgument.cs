using System.CommandLine;

namespace SparsePipeline.Cli.Commands.Runs;

/// <summary>The run a command is about.</summary>
internal static class RunArgument
{
    public static Argument<string> Create() => new("RUN") { Description = "A run id or its beginning." };
}

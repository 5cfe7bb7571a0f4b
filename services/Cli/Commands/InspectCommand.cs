using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>inspect FILE…</c>: what is in a checkpoint, a packed checkpoint or a mask.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string[]> Paths = new("FILE")
    {
        Description = "Checkpoints, indexes of sharded ones, packed checkpoints or masks.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() => new CommandWithExamples(
        "inspect",
        "Show tensors, sparsity per tensor and digests of files. Reads each file once and never loads it whole.",
        "sparsepipe inspect model.safetensors",
        "sparsepipe inspect model.safetensors.index.json",
        "sparsepipe inspect a.safetensors b.safetensors --json")
    {
        Paths,
    }.Handle(Run);

    private static int Run(Invocation invocation)
    {
        var found = invocation.Required(Paths).Select(path => (Path: path, Summary: CheckpointInspector.Inspect(path))).ToList();
        invocation.Answer(found.Select(f => new { File = f.Path, f.Summary }));
        if (!invocation.Json)
            foreach (var (path, summary) in found)
                SummaryTable.Write(invocation.Terminal.CreateConsole(), path, summary);
        return ExitCodes.Ok;
    }
}

using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>export FILE|RUN</c>: writes a checkpoint, or the soup of a run, plain or packed.</summary>
internal static class ExportCommand
{
    private const string Safetensors = "safetensors";
    private const string Packed = "packed";

    private static readonly Argument<string> Source = new("FILE|RUN") { Description = "A checkpoint (plain or packed), or a run's name, id or its beginning. Of several runs of one name, the newest finished one." };

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "safetensors: every weight as it is; packed: one bit per prunable weight and the kept values, lossless but for the sign of zeros.",
        HelpName = $"{Safetensors}|{Packed}",
        DefaultValueFactory = _ => Safetensors,
    };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };

    private static readonly Option<string?> Mask = new("--mask") { Description = "Mask of FILE; a run brings its own.", HelpName = "FILE" };

    private static readonly Option<string?> Node = new("--node") { Description = "Which checkpoint of a run; the last soup of a finished one when left out.", HelpName = "NODE" };

    private static readonly Option<int?> Cycle = new("--cycle")
    {
        Description = "The soup of this cycle, counted from 1; also of a run that is not finished, has failed or was stopped.",
        HelpName = "N",
    };

    static ExportCommand() => Format.AcceptOnlyFromAmong(Safetensors, Packed);

    public static Command Create() => new CommandWithExamples(
        "export",
        "Write a checkpoint or a run's soup as a plain safetensors file, or packed (bitmask and values); packed files are unpacked without loss.",
        "sparsepipe export sms-digits --output soup.safetensors",
        "sparsepipe export sms-digits --format packed --output soup.packed.safetensors",
        "sparsepipe export sms-digits --cycle 1 --output soup-1.safetensors",
        "sparsepipe export soup.packed.safetensors --format safetensors --output soup.safetensors",
        "sparsepipe export soup.safetensors --dtype bf16 --output soup.bf16.safetensors")
    {
        Source, Format, Output, Mask, Node, Cycle, TypeOption.Option, OutputFiles.Force,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (source, output) = (invocation.Required(Source), Path.GetFullPath(invocation.Required(Output)));
        var export = await FindAsync(invocation, source, cancellationToken);
        if (export.OfRun is { Others.Count: > 0 } chosen)
            await invocation.Terminal.Error.WriteLineAsync(
                $"note: {chosen.Others.Count + 1} runs have this name; this is {chosen.Run.RunId} ({chosen.Run.Standing}). Others: {NamedRuns.Text(chosen.Others)}.");
        OutputFiles.Prepare(invocation, [output], export.Inputs);
        if (invocation.Required(Format) == Packed)
            export.Pack(output, TypeOption.Of(invocation));
        else
            export.Plain(output, type: TypeOption.Of(invocation));
        var size = new FileInfo(output).Length;
        invocation.Answer(new
        {
            File = output,
            Digest = ContentDigest.OfFile(output),
            SizeBytes = size,
            SourceBytes = export.SizeBytes,
            Checkpoint = export.OfRun?.Checkpoint.Digest,
            export.OfRun?.Run.RunId,
            export.OfRun?.Run.State,
            export.OfRun?.Step.Node,
            export.OfRun?.Cycle,
            export.OfRun?.Cycles,
            export.Sparsity,
        });
        if (export.OfRun is { } found)
            invocation.Say($"{found.Title}{(export.Sparsity is { } sparsity ? $", {Figures.Percent(sparsity)} of prunable weights pruned" : "")}");
        invocation.Say($"{output}: {Figures.Bytes(size)}, from {Figures.Bytes(export.SizeBytes)}");
        return ExitCodes.Ok;
    }

    private static async Task<ExportSource> FindAsync(Invocation invocation, string source, CancellationToken cancellationToken)
    {
        var (node, cycle) = (invocation.Value(Node), invocation.Value(Cycle));
        if (node is not null && cycle is not null)
            throw new DomainException(FailureCodes.InvalidOption, $"--node {node} and --cycle {cycle} are given together.", "Give one of them: --cycle N is the soup of a cycle.");
        if (!File.Exists(source) && !CheckpointFolder.Holds(source))
            return await ExportSource.OfRunAsync(invocation, source, node, cycle, cancellationToken);
        if (node is not null || cycle is not null)
            throw new DomainException(FailureCodes.InvalidOption, $"{(node is null ? "--cycle" : "--node")} is given, but {source} is a file.", "Leave it out, or name a run.");
        return new ExportSource(source, invocation.Value(Mask));
    }
}

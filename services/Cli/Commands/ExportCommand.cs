using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Reports;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>export FILE|RUN</c>: writes a checkpoint, or the soup of a run, plain or packed.</summary>
internal static class ExportCommand
{
    private const string Safetensors = "safetensors";
    private const string Packed = "packed";

    private static readonly Argument<string> Source = new("FILE|RUN") { Description = "A checkpoint (plain or packed), or a run id or its beginning." };

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "safetensors: every weight as it is; packed: one bit per prunable weight and the kept values, lossless but for the sign of zeros.",
        HelpName = $"{Safetensors}|{Packed}",
        DefaultValueFactory = _ => Safetensors,
    };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };

    private static readonly Option<string?> Mask = new("--mask") { Description = "Mask of FILE; a run brings its own.", HelpName = "FILE" };

    private static readonly Option<string?> Node = new("--node") { Description = "Which checkpoint of a run; its last soup when left out.", HelpName = "NODE" };

    static ExportCommand() => Format.AcceptOnlyFromAmong(Safetensors, Packed);

    public static Command Create() => new CommandWithExamples(
        "export",
        "Write a checkpoint or a run's soup as a plain safetensors file, or packed (bitmask and values); packed files are unpacked without loss.",
        "sparsepipe export sms-digits --output soup.safetensors",
        "sparsepipe export sms-digits --format packed --output soup.packed.safetensors",
        "sparsepipe export soup.packed.safetensors --format safetensors --output soup.safetensors",
        "sparsepipe export soup.safetensors --dtype bf16 --output soup.bf16.safetensors")
    {
        Source, Format, Output, Mask, Node, TypeOption.Option, OutputFiles.Force,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (source, output) = (invocation.Required(Source), Path.GetFullPath(invocation.Required(Output)));
        var export = File.Exists(source) || CheckpointFolder.Holds(source)
            ? new ExportSource(source, invocation.Value(Mask))
            : await ExportSource.OfRunAsync(invocation.Settings, source, invocation.Value(Node), cancellationToken);
        OutputFiles.Prepare(invocation, [output], export.Inputs);
        if (invocation.Required(Format) == Packed)
            export.Pack(output, TypeOption.Of(invocation));
        else
            export.Plain(output, type: TypeOption.Of(invocation));
        var size = new FileInfo(output).Length;
        invocation.Answer(new { File = output, Digest = ContentDigest.OfFile(output), SizeBytes = size, SourceBytes = export.SizeBytes });
        invocation.Say($"{output}: {Figures.Bytes(size)}, from {Figures.Bytes(export.SizeBytes)}");
        return ExitCodes.Ok;
    }
}

using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Reports;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>soup FILES…</c>: averages safetensors files without a recipe and without a model.</summary>
internal static class SoupCommand
{
    private static readonly Argument<string[]> Candidates = new("FILES")
    {
        Description = "Checkpoints of one structure: .safetensors, or .safetensors.index.json of sharded ones.",
        Arity = new ArgumentArity(2, 1000),
    };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The average.", HelpName = "FILE", Required = true };

    private static readonly Option<string?> Mask = new("--mask")
    {
        Description = "What it prunes must be zero in all candidates and is zero in the average.",
        HelpName = "FILE",
    };

    private static readonly Option<double[]> Weights = new("--weights")
    {
        Description = "One weight per candidate in [0, 1], 1 in all; equal weights when left out.",
        HelpName = "W",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create() => new CommandWithExamples(
        "soup",
        "Average checkpoints tensor by tensor and say how far apart they are. Needs no recipe and no model code; models larger than memory work.",
        "sparsepipe soup a.safetensors b.safetensors c.safetensors --mask m.safetensors -o soup.safetensors",
        "sparsepipe soup a.safetensors b.safetensors --weights 0.7 0.3 -o soup.safetensors")
    {
        Candidates, Output, Mask, Weights,
    }.Handle(Run);

    private static int Run(Invocation invocation)
    {
        var (files, output) = (invocation.Required(Candidates), Path.GetFullPath(invocation.Required(Output)));
        var mask = invocation.Value(Mask) is { } path ? SparsityMask.Load(path) : null;
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        SoupOperation.Merge(files, mask, output, invocation.Value(Weights) is { Length: > 0 } weights ? weights : null);
        var geometry = SoupOperation.Measure(files);
        invocation.Answer(new { Checkpoint = output, Digest = ContentDigest.OfFile(output), geometry.Norms, geometry.Distances, geometry.Angles, geometry.RelativeSpread });
        invocation.Say($"averaged {files.Length} checkpoints; the farthest two are {Figures.Percent(geometry.RelativeSpread)} of the largest norm apart");
        invocation.Say($"  checkpoint: {output}");
        invocation.Say("  whether the average is better than its members only an evaluation says: sparsepipe evaluate");
        return ExitCodes.Ok;
    }
}

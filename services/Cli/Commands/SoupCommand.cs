using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting;
using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>soup FILES…</c>: averages safetensors files without a recipe and without a model.</summary>
internal static class SoupCommand
{
    private static readonly Argument<string[]> Candidates = new("FILES")
    {
        Description = "Checkpoints of one structure: .safetensors, plain or packed, .safetensors.index.json of sharded ones, or folders as transformers lays them out.",
        Arity = new ArgumentArity(2, 1000),
    };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The average: a file, or a folder when a folder or an index is given.", HelpName = "FILE", Required = true };

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
        "sparsepipe soup a.safetensors b.safetensors --weights 0.7 0.3 -o soup.safetensors",
        "sparsepipe soup a.safetensors b.safetensors --mask-policy re-prune --sparsity 0.9 -o soup.safetensors",
        "sparsepipe soup a.safetensors b.safetensors --soup model-stock --anchor start.safetensors --mask m.safetensors -o soup.safetensors",
        "sparsepipe soup llama-a/ llama-b/ --dtype bf16 -o llama-soup")
    {
        Candidates, Output, Mask, Weights, SoupMethodOptions.Soup, SoupMethodOptions.SoupOption, SoupMethodOptions.Anchor, SoupPolicyOptions.Policy, SoupPolicyOptions.Sparsity,
        SoupPolicyOptions.Method, SoupPolicyOptions.Allocation, SoupPolicyOptions.Structure, TensorOptions.Include, TensorOptions.Exclude, CheckpointOutput.SingleFile,
        TypeOption.Option, OutputFiles.Force,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (files, output) = (invocation.Required(Candidates), Path.GetFullPath(invocation.Required(Output)));
        var anchor = invocation.Value(SoupMethodOptions.Anchor);
        GivenFiles.Look(invocation, anchor is null ? files : [.. files, anchor], CheckpointUse.Average);
        var mask = invocation.Value(Mask) is { } path ? SparsityMask.Load(path) : null;
        var policy = SoupPolicyOptions.Read(invocation, mask is not null);
        var weights = invocation.Value(Weights) is { Length: > 0 } given ? given : null;
        var method = SoupMethodOptions.Read(invocation, policy, weights is not null);
        var (type, like) = (TypeOption.Of(invocation), LayoutOf(invocation, files));
        var (planned, maskFile) = like is null ? ([output], CheckpointOutput.File(output, type).Mask) : CheckpointOutput.PlanFolder(like, output, type);
        var ownMask = policy is null ? null : maskFile;
        OutputFiles.Prepare(
            invocation, [.. planned, .. ownMask is null ? (string[])[] : [ownMask]], Inputs(files).Concat(new[] { invocation.Value(Mask), anchor }.OfType<string>()));
        // A packed one is unpacked where the output goes, whose disk has to have the room anyway; the folder is there now.
        using var layout = like is null ? null : CheckpointFile.Open(like, CheckpointUse.Average, output);
        var target = layout is null ? CheckpointOutput.File(output, type) : CheckpointOutput.Folder(layout, output, type);
        IReadOnlyList<MergedTensor> merged = [];
        if (method is not null)
            merged = await SoupOperation.MergeAsync(method, files, anchor, mask, target.Target, cancellationToken);
        else if (policy is null)
            SoupOperation.Merge(files, mask, target.Target, weights);
        else
            PolicyMerge.Run(files, policy, SoupPolicyOptions.Rule(invocation, files, target.Target.Folder), target.Target, ownMask!, weights);
        var geometry = SoupOperation.Measure(files, target.Target.Folder);
        var density = SoupDensity.Of(files, output, TensorOptions.ReadPatterns(invocation), target.Target.Folder);
        invocation.Answer(new
        {
            Checkpoint = output,
            Mask = ownMask,
            Digest = layout is null ? ContentDigest.OfFile(output) : null,
            Files = target.Target.Files,
            CandidateSparsities = density.Candidates,
            Sparsity = density.Average,
            Merged = merged.Count > 0 ? merged : null,
            geometry.Norms,
            geometry.Distances,
            geometry.Angles,
            geometry.RelativeSpread,
        });
        Say(invocation, files, output, ownMask, geometry, density);
        if (method is not null)
            SoupMethodOptions.Say(invocation, method, merged);
        target.Finish(invocation);
        foreach (var file in files)
            target.TellDifferences(invocation, file);
        return ExitCodes.Ok;
    }

    private static void Say(Invocation invocation, string[] files, string output, string? mask, SoupGeometry geometry, SoupDensity density)
    {
        invocation.Say($"averaged {files.Length} checkpoints; the farthest two are {Figures.Percent(geometry.RelativeSpread)} of the largest norm apart");
        if (density.Candidates.Any(s => s > 0))
            invocation.Say($"  zeros among prunable weights: {string.Join(" + ", density.Candidates.Select(s => Figures.Percent(s)))} → {Figures.Percent(density.Average)}");
        if (density.IsDenser)
            invocation.Say($"  warning: the average is denser than each of its members, which are zero in different places. {SoupPolicyOptions.Offer}");
        invocation.Say($"  checkpoint: {output}");
        if (mask is not null)
            invocation.Say($"  mask:       {mask}");
        invocation.Say("  whether the average is better than its members only an evaluation says: sparsepipe evaluate");
    }

    /// <summary>The first candidate that has a folder of its own, which the average is laid out like; null for one file.</summary>
    private static string? LayoutOf(Invocation invocation, string[] files) =>
        invocation.Value(CheckpointOutput.SingleFile) ? null : Array.Find(files, CheckpointFolder.Is);

    private static IEnumerable<string> Inputs(string[] files) => files.SelectMany(CheckpointFile.FilesOf);
}

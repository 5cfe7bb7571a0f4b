using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>prune FILE…</c>: prunes safetensors files without a recipe and without a model.</summary>
internal static class PruneCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Checkpoints: .safetensors, plain or packed, the .safetensors.index.json of a sharded one, or a folder as transformers lays it out.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<double> Sparsity = new("--sparsity", "-s")
    {
        Description = "Fraction of prunable weights that are zero afterwards, in [0, 1).",
        HelpName = "FRACTION",
        Required = true,
    };

    private static readonly Option<string> Method = new("--method")
    {
        Description = "The pruner; `sparsepipe methods pruner` lists them.",
        DefaultValueFactory = _ => MethodDefaults.Pruner,
    };

    private static readonly Option<string[]> MethodOption = new("--option") { Description = "An option of the method; may be repeated.", HelpName = "NAME=VALUE" };

    private static readonly Option<string?> Allocation = new("--allocation") { Description = "Spread over layers; the method's own when left out." };

    private static readonly Option<string> Structure = new("--structure")
    {
        Description = "The pattern of kept weights; `sparsepipe methods structure` lists them.",
        DefaultValueFactory = _ => MethodDefaults.Structure,
    };

    private static readonly Option<string?> Mask = new("--mask") { Description = "Mask of an earlier cut; what it prunes stays pruned.", HelpName = "FILE" };

    private static readonly Option<bool> MaskFromZeros = new("--mask-from-zeros") { Description = "Take the weights that are zero already for the mask of an earlier cut." };

    private static readonly Option<string?> Statistics = new("--statistics")
    {
        Description = "What `sparsepipe statistics` or a run collected on this checkpoint, for methods such as `wanda` that go by it.",
        HelpName = "FILE",
    };

    private static readonly Option<long> Seed = new("--seed") { Description = "Seed of pruners that draw." };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Folder for NAME.pruned.safetensors and NAME.mask.safetensors, beside the input when left out; for a folder or an index the folder to write, FOLDER.pruned when left out.",
        HelpName = "FOLDER",
    };

    public static Command Create() => new CommandWithExamples(
        "prune",
        "Set the least important weights of checkpoints to zero and write the masks. Needs no recipe and no model code; models larger than memory work.",
        "sparsepipe prune model.safetensors --sparsity 0.9",
        "sparsepipe prune llama/ -s 0.5 --method layer-magnitude --exclude 'lm_head.*' --dtype bf16 -o llama-50",
        "sparsepipe prune model.safetensors -s 0.7 --structure row --allocation uniform --output-layer fc",
        "sparsepipe prune model.safetensors -s 0.9 --include 'transformer.wte.*' --layer 'lm_head.*=0.5'",
        "sparsepipe prune pruned.safetensors -s 0.9 --mask-from-zeros",
        "sparsepipe prune dense.safetensors -s 0.5 --method wanda --statistics dense.statistics.safetensors",
        "sparsepipe prune a.safetensors b.safetensors -s 0.98 --json")
    {
        Files, Sparsity, Method, MethodOption, Allocation, Structure, TensorOptions.Include, TensorOptions.Exclude, TensorOptions.Layer, TensorOptions.OutputLayer,
        Mask, MaskFromZeros, Statistics, Seed, Output, CheckpointOutput.SingleFile, TypeOption.Option, OutputFiles.Force,
    }.Handle(Run);

    private static int Run(Invocation invocation)
    {
        var files = invocation.Required(Files);
        using var statistics = StatisticsOf(invocation, files);
        var request = Request(invocation) with { Statistics = statistics };
        GivenFiles.Look(invocation, files, CheckpointUse.Prune);
        PrepareOutputs(invocation, files);
        var cuts = new List<object>();
        foreach (var file in files)
        {
            using var source = CheckpointFile.Open(file, CheckpointUse.Prune, invocation.Value(Output) ?? Path.GetDirectoryName(Path.GetFullPath(file)), request.PreviousMask);
            var target = PathsFor(invocation, file, source);
            var report = PruneOperation.Run(source, StartOf(invocation, request, source), target.Checkpoint.Target, target.Mask);
            cuts.Add(new { File = file, Checkpoint = target.Checkpoint.Target.Path, target.Mask, Report = report });
            Say(invocation, file, target, report);
            target.Checkpoint.Finish(invocation);
        }

        invocation.Answer(cuts);
        return ExitCodes.Ok;
    }

    /// <summary>All of them before any is cut: what the last would overwrite must not wait for the first.</summary>
    private static void PrepareOutputs(Invocation invocation, string[] files)
    {
        var (outputs, inputs) = (new List<string>(), new List<string>());
        foreach (var file in files)
        {
            using var source = StateDict.Open(file);
            outputs.AddRange(PathsFor(invocation, file, source).Files);
            inputs.AddRange(source.Files.Append(source.Path));
        }

        OutputFiles.Prepare(invocation, outputs, [.. inputs, .. new[] { invocation.Value(Mask), invocation.Value(Statistics) }.OfType<string>()], invocation.Value(Output));
    }

    private static StatisticsFile? StatisticsOf(Invocation invocation, string[] files)
    {
        if (invocation.Value(Statistics) is not { } file)
            return null;
        if (files.Length > 1)
            throw new DomainException(FailureCodes.InvalidOption, $"{Statistics.Name} is of one checkpoint, and {files.Length} are given.", "Prune them one by one, each with its own.");
        return Pruners.Registry.Contains(invocation.Required(Method)) && !Pruners.Registry.Find(invocation.Required(Method)).Info.Needs.HasFlag(MethodNeeds.Statistics)
            ? throw new DomainException(FailureCodes.InvalidOption, $"{Statistics.Name} is given, and the pruner '{invocation.Required(Method)}' goes by weights alone.", "Leave it out, or use a pruner such as 'wanda'.")
            : StatisticsFile.Open(file);
    }

    private static PrunedPaths PathsFor(Invocation invocation, string file, StateDict source) => PrunedPaths.For(
        file, source, invocation.Value(Output), invocation.Required(Files).Length == 1, invocation.Value(CheckpointOutput.SingleFile), TypeOption.Of(invocation));

    private static PruneRequest Request(Invocation invocation) => new()
    {
        Method = Pruners.Registry.SpecOf(
            invocation.Required(Method),
            MethodOptionCheck.Run(MethodAxes.Pruner, invocation.Required(Method), MethodOptionParser.Parse(invocation.Value(MethodOption)))),
        Sparsity = invocation.Required(Sparsity),
        PreviousMask = invocation.Value(Mask) is { } mask ? SparsityMask.Load(mask) : null,
        Allocation = invocation.Value(Allocation),
        Structure = invocation.Required(Structure),
        Tensors = TensorOptions.Read(invocation),
        Seed = invocation.Value(Seed),
    };

    private static PruneRequest StartOf(Invocation invocation, PruneRequest request, StateDict source)
    {
        if (!invocation.Value(MaskFromZeros))
            return request;
        if (request.PreviousMask is not null)
            throw new DomainException(FailureCodes.InvalidOption, "--mask and --mask-from-zeros both name the mask of an earlier cut.", "Give one of them.");
        SelectionCheck.Ensure(source.Tensors, request.Tensors);
        return request with { PreviousMask = ZeroMask.Of(source, request.Tensors) };
    }

    private static void Say(Invocation invocation, string file, PrunedPaths target, PruneReport report)
    {
        var total = report.Layers.Sum(l => l.Total);
        invocation.Say($"{file}: {Figures.Percent(report.Sparsity + ((double)(report.ZeroBesideMask ?? 0) / total))} of {Figures.Count(total)} prunable weights are zero"
            + $"{(report.ZeroBesideMask is null ? "" : $", {Figures.Percent(report.Sparsity)} by the mask")} "
            + $"({Figures.Percent(report.GlobalSparsity)} of all parameters){Target(report)}");
        foreach (var (other, name) in report.Tied ?? new Dictionary<string, string>())
            invocation.Say($"  tied:       '{other}' is '{name}', pruned and counted once");
        foreach (var warning in report.Warnings)
            invocation.Say($"  warning: {warning}");
        if (report.ZeroBesideMask is not null)
            invocation.Say("  --mask-from-zeros starts from the mask of the weights that are zero already");
        invocation.Say($"  checkpoint: {target.Checkpoint.Target.Path}");
        invocation.Say($"  mask:       {target.Mask}");
    }

    private static string Target(PruneReport report) =>
        report.TargetSparsity is { } target ? $"; asked for were {Figures.Percent(target)}, and whole units are cut" : "";
}

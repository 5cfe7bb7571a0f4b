using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>statistics FILE</c>: collects what comes into the layers of one checkpoint, for <c>prune --statistics</c>.</summary>
internal static class StatisticsCommand
{
    private static readonly Argument<string> Checkpoint = new("FILE") { Description = "A checkpoint, plain or packed, or the index of a sharded one." };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };

    private static readonly Option<int> Examples = new("--examples")
    {
        Description = "Examples of the training split that are looked at; all when there are fewer.",
        DefaultValueFactory = _ => new SparsificationRecipe { Sparsity = 0 }.CalibrationExamples,
    };

    private static readonly Option<long> Seed = new("--seed") { Description = "Draws them.", DefaultValueFactory = _ => 1 };

    private static readonly Option<bool> Products = new("--products") { Description = "Sum the products of inputs with each other too, as `sparsegpt` needs them." };

    private static readonly Option<bool> OutputProducts = new("--output-products") { Description = "Sum the products of inputs with outputs too." };

    private static readonly Option<bool> Gradients = new("--gradients")
    {
        Description = "Sum the gradients of -log p(y|x) of every parameter too, example by example, and their squares: the empirical Fisher diagonal.",
    };

    private static readonly Option<string[]> Activations = new("--activations")
    {
        Description = "Name pattern of weights: what comes into their layers is stored as it is too; may be repeated.",
        HelpName = "PATTERN",
    };

    private static readonly Option<int> Rows = new("--rows") { Description = "Rows of --activations, of each layer and split.", DefaultValueFactory = _ => 1000 };

    public static Command Create()
    {
        var command = new CommandWithExamples(
            "statistics",
            "Collect what comes into the layers of a checkpoint on examples of the training split.",
            "sparsepipe statistics dense.safetensors --recipe recipes/wanda-digits.yaml -o dense.statistics.safetensors",
            "sparsepipe statistics net.safetensors --model mlp --data digits --products --examples 512 -o net.statistics.safetensors",
            "sparsepipe statistics net.safetensors --model mlp --data digits --activations layers.1.weight --rows 5000 -o net.activations.safetensors")
        {
            Checkpoint, Output, Examples, Seed, Products, OutputProducts, Gradients, Activations, Rows, OutputFiles.Force,
        };
        foreach (var option in ModelAndDataOptions.All)
            command.Options.Add(option);
        return command.Handle(RunAsync);
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        foreach (var (option, value) in new[] { (Examples.Name, invocation.Value(Examples)), (Rows.Name, invocation.Value(Rows)) })
            if (value < 1)
                throw new DomainException(FailureCodes.InvalidOption, $"{option} is {value}.", "Give at least 1.");
        var (model, data, _, task) = ModelAndDataOptions.Read(invocation);
        var (file, output) = (invocation.Required(Checkpoint), invocation.Required(Output));
        GivenFiles.Look(invocation, [file], CheckpointUse.Network);
        OutputFiles.Prepare(invocation, [output], [file]);
        await using var store = LocalStore.OpenTemporary();
        var copy = store.Artifacts.CreateTemporaryPath();
        new ExportSource(file, Mask: null).Plain(copy, CheckpointUse.Network);
        var spec = new CollectSpec
        {
            AlgorithmVersion = CollectSpec.CurrentVersion,
            Checkpoint = await store.Artifacts.StoreAsync(copy, ArtifactFormats.Safetensors, cancellationToken),
            Model = model,
            Data = data,
            Task = task,
            Examples = invocation.Value(Examples),
            Seed = invocation.Value(Seed),
            Products = invocation.Value(Products),
            OutputProducts = invocation.Value(OutputProducts),
            Gradients = invocation.Value(Gradients),
            Activations = invocation.Value(Activations) is { Length: > 0 } layers
                ? new() { Layers = layers, Rows = invocation.Value(Rows), TestRows = invocation.Value(Rows) }
                : null,
        };
        var reply = await store.Runners.RunAsync<CollectRequest, CollectReply>(new((CollectSpec)MethodVersions.Into(spec, MethodVersions.Of(Catalog.Create().Methods))), progress: null, cancellationToken);
        var unfinished = output + ".tmp";
        try
        {
            File.Copy(await store.Artifacts.FetchAsync(reply.Statistics, cancellationToken), unfinished, overwrite: true);
            File.Move(unfinished, output, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        Tell(invocation, output);
        return ExitCodes.Ok;
    }

    private static void Tell(Invocation invocation, string output)
    {
        using var written = StatisticsFile.Open(output);
        invocation.Answer(new { File = output, Layers = written.Layers, Activations = written.WithRows });
        invocation.Say($"{output}: {Figures.Count(written.Layers.Count)} layers");
        foreach (var layer in written.Layers)
            invocation.Say($"  {layer}: {Figures.Count(written.Find(layer, products: false)!.Count)} rows of {Figures.Count(written.Find(layer, products: false)!.Inputs)} inputs"
                + (written.HasProducts(layer) ? ", with products" : "")
                + (written.WithRows.Contains(layer) ? ", with activations" : ""));
    }
}

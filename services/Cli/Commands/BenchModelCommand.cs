using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>bench-model FILE</c>: measures whether leaving zeros out pays on this machine, and leaves nothing behind.</summary>
internal static class BenchModelCommand
{
    public const int MaxBatch = 1024;

    private static readonly Argument<string> Checkpoint = new("FILE") { Description = "A checkpoint, plain or packed, or the index of a sharded one." };

    private static readonly Option<int> Batch = new("--batch") { Description = $"Examples at a time, 1 to {MaxBatch}.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new CommandWithExamples(
            "bench-model",
            "Measure every linear layer and convolution of a checkpoint, dense and with its zeros left out, and say whether that pays on this machine.",
            "sparsepipe bench-model soup.safetensors --recipe recipes/sms-digits.yaml",
            "sparsepipe bench-model soup.safetensors --model mlp --option hidden=[128,64] --data digits --batch 64 --json")
        {
            Checkpoint, Batch,
        };
        foreach (var option in ModelAndDataOptions.All)
            command.Options.Add(option);
        return command.Handle(RunAsync);
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var batch = invocation.Value(Batch);
        if (batch is < 1 or > MaxBatch)
            throw new DomainException(FailureCodes.InvalidOption, $"--batch is {batch}.", $"Give 1 to {MaxBatch}.");
        var (model, data, _, task) = ModelAndDataOptions.Read(invocation);
        await using var store = LocalStore.OpenTemporary();
        var copy = store.Artifacts.CreateTemporaryPath();
        GivenFiles.Look(invocation, [invocation.Required(Checkpoint)], CheckpointUse.Network);
        new ExportSource(invocation.Required(Checkpoint), Mask: null).Plain(copy, CheckpointUse.Network);
        var checkpoint = await store.Artifacts.StoreAsync(copy, ArtifactFormats.Safetensors, cancellationToken);
        var report = await MeasureAsync(store, new TimeRequest(checkpoint, model, data, batch, MethodVersions.Of(Catalog.Create().Methods)) { Task = task }, cancellationToken);
        invocation.Answer(report);
        foreach (var layer in report.Layers)
            invocation.Say(Line(layer));
        invocation.Say(LatencyVerdict.Of(report));
        return ExitCodes.Ok;
    }

    /// <summary>Times the layers of a stored checkpoint in a runner process.</summary>
    public static async Task<LatencyReport> MeasureAsync(LocalStore store, TimeRequest request, CancellationToken cancellationToken)
    {
        var reply = await store.Runners.RunAsync<TimeRequest, TimeReply>(request, progress: null, cancellationToken);
        return await StoredJson.ReadAsync<LatencyReport>(store.Artifacts, reply.Report, cancellationToken);
    }

    private static string Line(LayerLatency layer) =>
        $"{layer.Name}: {Figures.Percent(1 - (layer.NonZeros / (double)layer.Weights))} zeros, dense {Figures.Microseconds(layer.DenseSeconds)}, "
        + (layer.SparseSeconds is { } sparse ? $"sparse {Figures.Microseconds(sparse)}" : "no sparse form");
}

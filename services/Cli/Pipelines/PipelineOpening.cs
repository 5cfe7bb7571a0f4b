using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Settings;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Pipelines;

/// <summary>Starts workers in this process, or connects to those of a profile.</summary>
internal static class PipelineOpening
{
    // Failures of steps are part of the progress; the log would tell them a second time, in the middle of the live display.
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Serilog:MinimumLevel:Default"] = "Warning",
        ["Serilog:MinimumLevel:Override:SparsePipeline.Infrastructure.Steps"] = "Error",
    };

    /// <summary>The pipeline that a call's settings name; says so when workers are missing that a run will wait for.</summary>
    public static Task<IPipeline> OpenAsync(Invocation invocation, CancellationToken cancellationToken) =>
        OpenAsync(invocation, invocation.Settings, cancellationToken);

    /// <inheritdoc cref="OpenAsync(Invocation, CancellationToken)"/>
    public static async Task<IPipeline> OpenAsync(Invocation invocation, CommandSettings settings, CancellationToken cancellationToken)
    {
        if (settings.HasSharedBus)
            return await ConnectAsync(invocation, settings, cancellationToken);
        var options = new EmbeddedOptions
        {
            StoreFolder = settings.Folder,
            Runners = invocation.Value(RunOptions.Runners),
            Settings = settings.Over(Quiet),
        };
        return await EmbeddedPipeline.StartAsync(options, cancellationToken);
    }

    /// <summary>Connects to the workers of a profile.</summary>
    public static Task<SharedPipeline> ConnectAsync(Invocation invocation, CancellationToken cancellationToken) =>
        ConnectAsync(invocation, invocation.Settings, cancellationToken);

    private static async Task<SharedPipeline> ConnectAsync(Invocation invocation, CommandSettings settings, CancellationToken cancellationToken)
    {
        var pipeline = await SharedPipeline.StartAsync(settings, Quiet, cancellationToken);
        if (pipeline.MissingWorkers is { Count: > 0 } missing)
            await invocation.Terminal.Error.WriteLineAsync(
                $"warning: nobody listens as {string.Join(" or ", missing)}; a run that needs one waits for it. `sparsepipe doctor` with the same --profile says more.");
        return pipeline;
    }
}

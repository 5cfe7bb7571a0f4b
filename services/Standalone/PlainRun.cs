using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Standalone;

/// <summary>Runs one recipe with one line per step and nothing else; <c>sparsepipe run</c> is the comfortable way.</summary>
internal static class PlainRun
{
    private const int Failed = 1;
    private const int Interrupted = 130;
    private const int Usage = 64;

    /// <summary>Returns 0 when the run finished, 1 when it failed, 64 for bad arguments, settings or a bad recipe, 130 after Ctrl-C.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not [var file, var folder])
            return Say(error, Usage, "usage: SparsePipeline.Standalone RECIPE STORE-FOLDER");
        try
        {
            return await RunAsync(file, folder, output, error);
        }
        catch (Exception refused) when (refused is DomainException or RefusedRunException or IOException or UnauthorizedAccessException)
        {
            return Say(error, Usage, refused.Message);
        }
    }

    private static async Task<int> RunAsync(string file, string folder, TextWriter output, TextWriter error)
    {
        var catalog = new MethodCatalog([.. SparsificationMethods.All, .. LearningMethods.All, .. PlanningMethods.All]);
        var reading = RecipeReader.ReadFile(file, catalog);
        if (reading.Recipe is not { } recipe)
            return Say(error, Usage, string.Join(Environment.NewLine, reading.Errors));
        var files = RecipeFiles.Of(recipe with { Data = recipe.Data with { Digest = DataSets.Digest(recipe.Data) } }, RecipeFolder.Of(file));
        return await RunAsync(files, new EmbeddedOptions { StoreFolder = folder }, output, error);
    }

    private static async Task<int> RunAsync(RecipeFiles recipe, EmbeddedOptions options, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        await using var pipeline = await EmbeddedPipeline.StartAsync(options, CancellationToken.None);
        try
        {
            if (!(await pipeline.PlanAsync(recipe.Recipe, stop.Token)).Finished)
                await RunRehearsal.EnsureAsync(pipeline.Runners, recipe, stop.Token);
            foreach (var local in recipe.Files)
                await local.StoreAsync(pipeline.Artifacts, stop.Token);
            var outcome = await pipeline.RunAsync(recipe.Recipe, new PlainObserver(output), stop.Token);
            return Conclude(outcome, output, error);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Say(error, Interrupted, "interrupted; run again to go on");
        }
    }

    private static int Conclude(RunOutcome outcome, TextWriter output, TextWriter error)
    {
        foreach (var step in outcome.Plan.Steps.Where(s => s.Result is not null))
            output.WriteLine(PlainObserver.Describe(step, outcome.Cached.Contains(step.Node)));
        return outcome.Plan.Failure is { } failure ? Say(error, Failed, $"{failure.Reason} {failure.Remedy}") : 0;
    }

    private static int Say(TextWriter error, int exitCode, string message)
    {
        error.WriteLine(message);
        return exitCode;
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
}

using System.CommandLine;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Cli.Runs;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>plan RECIPE</c>: what a run would do and cost, before anything is spent.</summary>
internal static class PlanCommand
{
    private static readonly Argument<string> RecipePath = new("RECIPE") { Description = "A recipe in YAML." };

    private static readonly Option<bool> Steps = new("--steps") { Description = "List every step." };

    public static Command Create() => new CommandWithExamples(
        "plan",
        "Validate a recipe against its data and files, refuse what `run` would refuse, and say which steps are cached, which will run, and what that costs. Changes nothing.",
        "sparsepipe plan recipes/sms-digits.yaml",
        "sparsepipe plan recipes/sms-digits.yaml --steps",
        "sparsepipe plan recipes/sms-digits.yaml --json")
    {
        RecipePath, Steps,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (recipe, files) = RecipeFile.Open(invocation.Required(RecipePath));
        await using var store = LocalStore.Open(invocation.Settings);
        var plan = await store.Planner.PlanAsync(recipe, cancellationToken);
        if (plan.Failure is null)
            await RunCheck.EnsureAsync(invocation, pipeline: null, recipe, files, cancellationToken);
        var forecast = PlanForecast.Of(plan, await KnownRuns.HistoryAsync(store, cancellationToken));
        var workers = System.Environment.ProcessorCount;
        if (invocation.Json)
            invocation.Answer(Answer(RunId.Of(recipe), forecast, workers));
        else
            Tell(invocation, forecast, workers);
        return plan.Failure is null ? ExitCodes.Ok : Refuse(invocation, plan.Failure);
    }

    private static void Tell(Invocation invocation, PlanForecast forecast, int workers)
    {
        if (invocation.Value(Steps))
            foreach (var step in forecast.Steps)
                invocation.Say($"{StepStates.Text(step.State),-13} {step.Node}{(step.Epochs > 0 ? $", {step.Epochs} epochs" : "")}");
        ForecastTable.Write(invocation.Terminal.CreateConsole(), forecast, workers);
    }

    private static int Refuse(Invocation invocation, StepFailure failure)
    {
        invocation.Terminal.Error.WriteLine($"error: {new CommandError(failure.Code, failure.Reason, failure.Remedy).OneLine()}");
        return ExitCodes.Failed;
    }

    private static object Answer(string runId, PlanForecast forecast, int workers) => new
    {
        RunId = runId,
        forecast.Cached,
        forecast.ToRun,
        forecast.Epochs,
        forecast.Seconds,
        forecast.Bytes,
        WallSeconds = forecast.WallSeconds(workers),
        Steps = forecast.Steps.Select(s => new { s.Node, s.Kind, State = StepStates.Text(s.State), s.Epochs, s.Seconds, s.Bytes }),
    };
}

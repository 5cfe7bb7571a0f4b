using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>A table that is redrawn in place while a run goes on.</summary>
internal sealed class LiveProgress(RunProgress progress, IAnsiConsole console, TimeProvider time) : IRunObserver
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly Lock gate = new();
    private readonly List<string> failures = [];
    private string title = "starting";

    /// <summary>Shows progress until the work is done.</summary>
    public async Task<T> ShowAsync<T>(Func<IRunObserver, Task<T>> work)
    {
        var running = work(this);
        await console.Live(Draw()).AutoClear(true).StartAsync(async context =>
        {
            while (await Task.WhenAny(running, Task.Delay(Redraw, time)) != running)
                context.UpdateTarget(Draw());
        });
        foreach (var failure in failures)
            console.MarkupLineInterpolated($"[red]{failure}[/]");
        return await running;
    }

    public void Planned(string runId, Plan plan)
    {
        lock (gate)
        {
            title = runId;
            foreach (var step in progress.Planned(plan).Where(s => s.Result?.Failure is not null))
                failures.Add($"FAILED {step.Node}: {step.Result!.Failure!.Reason} {step.Result.Failure.Remedy}");
        }
    }

    public void Started(StepStarted started)
    {
        lock (gate)
            progress.Started(started);
    }

    public void Progressed(StepProgressed progressed)
    {
        lock (gate)
            progress.Progressed(progressed);
    }

    /// <summary>Failures are reported with the plan that follows.</summary>
    public void Failed(StepFailed failed)
    {
    }

    private Table Draw()
    {
        lock (gate)
            return ProgressTable.Draw(title, progress, time.GetUtcNow());
    }
}

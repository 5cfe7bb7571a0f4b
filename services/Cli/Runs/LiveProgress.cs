using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;
using Spectre.Console;

namespace SparsePipeline.Cli.Runs;

/// <summary>A table that is redrawn in place while a run goes on.</summary>
internal sealed class LiveProgress(RunProgress progress, IAnsiConsole console, TimeProvider time, bool goesOnAlone) : IRunObserver
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private readonly List<string> _failures = [];
    private readonly string _caption = goesOnAlone ? "Ctrl-C stops following; the run goes on" : "Ctrl-C stops; the same command resumes";
    private string _title = "starting";

    /// <summary>Shows progress until the work is done.</summary>
    public async Task<T> ShowAsync<T>(Func<IRunObserver, Task<T>> work)
    {
        var running = work(this);
        await console.Live(Draw()).AutoClear(true).StartAsync(async context =>
        {
            while (await Task.WhenAny(running, Task.Delay(Redraw, time)) != running)
                context.UpdateTarget(Draw());
        });
        foreach (var failure in _failures)
            console.MarkupLineInterpolated($"[red]{failure}[/]");
        return await running;
    }

    public void Planned(string runId, Plan plan)
    {
        lock (_gate)
        {
            _title = runId;
            foreach (var step in progress.Planned(plan).Where(s => s.Result?.Failure is not null))
                _failures.Add($"FAILED {step.Node}: {step.Result!.Failure!.Reason} {step.Result.Failure.Remedy}");
        }
    }

    public void Started(StepStarted started)
    {
        lock (_gate)
            progress.Started(started);
    }

    public void Progressed(StepProgressed progressed)
    {
        lock (_gate)
            progress.Progressed(progressed);
    }

    /// <summary>Failures are reported with the plan that follows.</summary>
    public void Failed(StepFailed failed)
    {
    }

    private Table Draw()
    {
        lock (_gate)
            return ProgressTable.Draw(_title, _caption, progress, time.GetUtcNow());
    }
}

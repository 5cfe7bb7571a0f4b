using System.Diagnostics;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Runner;

/// <summary>Runs one job and turns whatever comes of it into one event.</summary>
internal static class JobExecution
{
    public static async Task<RunnerEvent> RunAsync(
        JobTable jobs, RunnerCommand command, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        using var span = JobTelemetry.StartJob(command.Job, command.TraceParent);
        var outcome = await TryAsync(jobs, command, progress, cancellationToken);
        if (outcome.Type is RunnerEvent.Failed or RunnerEvent.Faulted or RunnerEvent.Unavailable)
            span?.SetStatus(ActivityStatusCode.Error, outcome.Failure?.Reason ?? outcome.Error);
        return outcome with { Id = command.Id, ResidentBytes = Environment.WorkingSet };
    }

    private static async Task<RunnerEvent> TryAsync(
        JobTable jobs, RunnerCommand command, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            JsonElement reply = await jobs.Find(command.Job).RunAsync(command.Request.GetValueOrDefault(), progress, cancellationToken);
            return new RunnerEvent { Type = RunnerEvent.Done, Reply = reply };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new RunnerEvent { Type = RunnerEvent.Cancelled };
        }
        catch (DomainException exception)
        {
            return new RunnerEvent { Type = RunnerEvent.Failed, Failure = exception.Failure };
        }
        catch (Exception exception) when (exception is StoreUnavailableException || FullDisk.Find(exception) is not null)
        {
            return new RunnerEvent { Type = RunnerEvent.Unavailable, Error = exception.Message, FullDisk = FullDisk.Find(exception) };
        }
        catch (Exception exception)
        {
            return new RunnerEvent { Type = RunnerEvent.Faulted, Error = exception.ToString() };
        }
    }
}

using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Reads from the documents of a run what there is to tell about it. Ids follow from what happened, so whoever tells it again tells the same.</summary>
internal sealed class RunFacts(IRunStore runs, RunPlanner planner, RunTraces traces, OutgoingEvents outgoing)
{
    private const int MostReason = 4000;

    /// <summary>What is new since a cursor, oldest first, and the cursor after it.</summary>
    public async Task<(IReadOnlyList<OutgoingEvent> Events, RunCursor After)> ReadAsync(string runId, RunCursor before, CancellationToken cancellationToken)
    {
        var end = await runs.ReadEndAsync(runId, cancellationToken);
        if (end is not null && before.End == IdOf(runId, end))
            return ([], before);
        var all = await StepsAsync(runId, cancellationToken);
        all.Sort((a, b) => a.Time.CompareTo(b.Time));
        if (await runs.ReadSubmissionAsync(runId, cancellationToken) is { } submission)
            all.Insert(0, outgoing.OfRun(runId, EventTypes.RunSubmitted, $"{runId}.submitted", submission.First ?? submission.At, new RunSubmitted { RunId = runId }));
        if (end is not null)
            all.Add(EndOf(runId, end));
        var told = before.Told.ToHashSet(StringComparer.Ordinal);
        all.RemoveAll(e => !told.Add(e.Id));
        var trace = all.Count == 0 ? null : await traces.TextAsync(runId, cancellationToken);
        return ([.. all.Select(e => e with { TraceParent = trace })], new RunCursor { Told = [.. told.Order(StringComparer.Ordinal)], End = end is null ? null : IdOf(runId, end) });
    }

    // A run whose documents are damaged, or of a newer version, has no steps that could be told.
    private async Task<List<OutgoingEvent>> StepsAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await planner.PlanAsync(runId, cancellationToken);
            return plan is null ? [] : [.. plan.Steps.Select(s => s.Result).OfType<StepResult>().DistinctBy(r => r.Key, StringComparer.Ordinal).Select(r => OfStep(runId, r)).OfType<OutgoingEvent>()];
        }
        catch (DomainException)
        {
            return [];
        }
    }

    private OutgoingEvent? OfStep(string runId, StepResult result)
    {
        if (result.Failure is { } failure)
        {
            var told = StepFailed.Of(runId, result with { Failure = failure with { Reason = Cut(failure.Reason) } });
            return OfStep(runId, result, EventTypes.StepFailed, $"{result.Key}.failed.{Text(result.CompletedAt)}", told);
        }
        if (result.Kind == StepKinds.Evaluate && result.Outputs.TryGetValue(OutputNames.Report, out var report))
            return OfStep(runId, result, EventTypes.CheckpointEvaluated, result.Key, CheckpointEvaluated.Of(runId, result)) with { Subject = SubjectOf(report) };
        return result.Kind is StepKinds.Train or StepKinds.Prune or StepKinds.Soup && result.Outputs.TryGetValue(OutputNames.Checkpoint, out var checkpoint)
            ? OfStep(runId, result, EventTypes.CheckpointReady, result.Key, CheckpointReady.Of(runId, result)) with { Subject = SubjectOf(checkpoint) }
            : null;
    }

    private OutgoingEvent OfStep(string runId, StepResult result, string type, string id, object data) =>
        outgoing.OfRun(runId, type, id, result.CompletedAt, data) with { StepKind = result.Kind };

    private OutgoingEvent EndOf(string runId, RunEnd end)
    {
        var type = end.State switch
        {
            RunStates.Finished => EventTypes.RunFinished,
            RunStates.Cancelled => EventTypes.RunCancelled,
            _ => EventTypes.RunFailed,
        };
        var data = new RunEnded
        {
            RunId = runId,
            State = end.State,
            Failure = end.Failure is { } failure ? failure with { Reason = Cut(failure.Reason) } : null,
            Soup = end.Soup,
            Seconds = end.Seconds,
            Done = end.Done,
            Total = end.Total,
        };
        return outgoing.OfRun(runId, type, IdOf(runId, end), end.At, data) with { Subject = end.Soup is { } soup ? SubjectOf(soup) : null };
    }

    // A run that is resumed ends again, at another time.
    private static string IdOf(string runId, RunEnd end) => $"{runId}.{end.State}.{Text(end.At)}";

    private static string SubjectOf(ArtifactRef artifact) => $"sha256:{artifact.Digest}";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture);

    private static string Cut(string reason) => reason.Length > MostReason ? reason[..MostReason] + "…" : reason;
}

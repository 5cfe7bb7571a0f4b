using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Adoption;
using SparsePipeline.Gateway.Runs;
using SparsePipeline.Gateway.Subscriptions;
using SparsePipeline.Gateway.Uploads;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Events;

/// <summary>
/// Moves events on: accepted → verifying → ready → dispatched or unmatched, or rejected. Whoever finds an event moves it from where its document says it is, so
/// that it does not matter who did so before, in which process, and where that one died.
/// </summary>
internal sealed class EventProgress(
    EventStore events, UploadStore uploads, AdoptionStore adoptions, IArtifactStore artifacts, RunStarter starter, SubscriptionProgress subscriptions, TimeProvider time, ILogger<EventProgress> log)
{
    /// <summary>Moves an event as far as it goes now; false when there is no such event.</summary>
    public async Task<bool> AdvanceAsync(string eventKey, CancellationToken cancellationToken)
    {
        for (var tries = new ConditionalTries(EventPaths.Event(eventKey)); ;)
        {
            if (await events.FindAsync(eventKey, cancellationToken) is not var (current, version))
                return false;
            if (EventStates.IsFinal(current.State))
            {
                await events.CloseAsync(current, cancellationToken);
                return true;
            }
            if (await NextAsync(current, cancellationToken) is not { } moved)
                return true;
            if (await events.TryMoveAsync(moved, version, cancellationToken))
                Note(moved);
            else
                await tries.FailedAsync(cancellationToken);
        }
    }

    private void Note(PublishedEvent moved)
    {
        log.EventMoved(moved.EventKey, moved.Source, moved.State);
        if (!EventStates.IsFinal(moved.State))
            return;
        GatewayTelemetry.EventCame(EventTypes.CheckpointPublished, moved.State);
        if (moved.State != EventStates.Rejected)
            GatewayTelemetry.EventEnded(time.GetUtcNow() - moved.ReceivedAt);
    }

    // Null when it has to wait.
    private async Task<PublishedEvent?> NextAsync(PublishedEvent current, CancellationToken cancellationToken)
    {
        try
        {
            return current.State switch
            {
                EventStates.Accepted => await LocateAsync(current, cancellationToken),
                EventStates.Verifying => await VerifyAsync(current, cancellationToken),
                _ => await DispatchAsync(current, cancellationToken),
            };
        }
        catch (DomainException refused)
        {
            return current with { State = EventStates.Rejected, Failure = refused.Failure };
        }
    }

    private async Task<PublishedEvent?> LocateAsync(PublishedEvent current, CancellationToken cancellationToken)
    {
        var checkpoint = current.Data.Checkpoint;
        if (current.Data.Upload is { } uploadId)
        {
            var upload = await uploads.FindAsync(uploadId, cancellationToken);
            if (upload is null || (!upload.IsReceived && uploads.IsExpired(upload)))
                throw new DomainException("upload-expired", $"The upload {uploadId} does not exist or expired before its bytes came.", "Upload again, and publish under another id.");
            if (upload.KeyId != current.PublishedBy)
                throw new DomainException("scope", $"The upload {uploadId} is another key's.", "Publish with the key it was opened with.");
            if (!upload.IsReceived)
                return null;
            checkpoint = upload.Artifact;
        }
        if (current.Data.Uri is { } uri)
        {
            var request = new AdoptionRequest(uri, ArtifactFormats.Safetensors, current.Data.VersionId, current.Data.Sha256);
            var adoption = await adoptions.OpenAsync(current.EventKey, current.PublishedBy, request, isAgain: false, cancellationToken);
            if (adoption.Failure is { } failure)
                throw new DomainException(failure.Code, failure.Reason, failure.Remedy);
            if (adoption.Artifact is null)
                return null;
            checkpoint = adoption.Artifact;
        }
        if (await artifacts.SizeAsync(checkpoint!.Digest, cancellationToken) is not { } size)
            throw new DomainException(FailureCodes.MissingArtifact, $"The checkpoint {checkpoint.Digest} is not in the store.", "Upload it, and publish under another id.");
        return size == checkpoint.SizeBytes
            ? current with { State = EventStates.Verifying, Checkpoint = checkpoint }
            : throw new DomainException(
                FailureCodes.CorruptArtifact, $"The checkpoint {checkpoint.Digest} has {size} bytes, and the event says {checkpoint.SizeBytes}.", "Publish what the upload answered, under another id.");
    }

    private async Task<PublishedEvent> VerifyAsync(PublishedEvent current, CancellationToken cancellationToken)
    {
        var path = await artifacts.FetchAsync(current.Checkpoint!, cancellationToken);
        await Task.Run(() => ReceivedFile.Check(path, current.Checkpoint!.Format, Path.GetDirectoryName(artifacts.CreateTemporaryPath())), cancellationToken);
        // Which text of the recipe counts is written down before anything follows from it.
        var version = current.Data.Recipe is { } recipe ? await starter.VersionOfAsync(recipe, cancellationToken) : null;
        return current with { State = EventStates.Ready, RecipeVersion = version };
    }

    private async Task<PublishedEvent?> DispatchAsync(PublishedEvent current, CancellationToken cancellationToken)
    {
        if (current.Data.Recipe is { } name)
        {
            var recipe = await starter.ReadAsync(name, current.RecipeVersion!, current.Checkpoint!, set: null, cancellationToken);
            await starter.EnsureFeasibleAsync(recipe, cancellationToken);
            var runId = await starter.SubmitAsync(recipe, cancellationToken);
            return current with { State = EventStates.Dispatched, Outcomes = [new EventOutcome { Outcome = EventOutcome.Started, RunId = runId }] };
        }
        return await subscriptions.OfferAsync(current, cancellationToken) switch
        {
            null => null,
            [] => current with { State = EventStates.Unmatched },
            var outcomes => current with { State = EventStates.Dispatched, Outcomes = outcomes },
        };
    }
}

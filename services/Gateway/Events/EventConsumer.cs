using Microsoft.Extensions.Options;
using SparsePipeline.Gateway.Hooks;
using SparsePipeline.Gateway.Hooks.Kinds;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Ingest;

namespace SparsePipeline.Gateway.Events;

/// <summary>Takes events in that come over AMQP, where there is a broker: CloudEvents, and notifications of S3-compatible servers. Who may send them, the broker decides.</summary>
internal sealed class EventConsumer(
    IngestQueue queue, EventIntake intake, HookStore hooks, HookIntake news, IEnumerable<IHookKind> kinds, IOptions<BusOptions> bus) : BackgroundService
{
    // In place of a key's id.
    private const string Publisher = "amqp";
    private readonly IHookKind _notifications = kinds.Single(k => k.Name == S3Hook.Kind);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bus.Value.IsShared ? queue.ReadAsync(TakeAsync, stoppingToken) : Task.CompletedTask;

    private async Task<string?> TakeAsync(IngestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (AmqpEventReader.Read(message) is not { } cloudEvent)
                return await TakeNotificationAsync(message, cancellationToken);
            await intake.ReceiveAsync(cloudEvent, Publisher, cancellationToken);
            return null;
        }
        catch (RefusedRequestException refused)
        {
            return string.Join(" ", refused.Errors.Select(e => $"{e.Code}: {e.Reason} {e.Remedy}"));
        }
    }

    // Which of them are news of which model, the hooks of kind s3 say: here as over HTTP.
    private async Task<string?> TakeNotificationAsync(IngestMessage message, CancellationToken cancellationToken)
    {
        var notification = new HookMessage(new HeaderDictionary(), message.Body);
        if (notification.Json() is not { } json || (json.At("Records") is null && json.TextAt("Event") is null))
            return $"no-event: The message is neither a CloudEvent nor a notification of an S3-compatible server. Send content type {CloudEventReader.Structured}, or headers cloudEvents_….";
        var isAnybodys = false;
        RefusedRequestException? first = null;
        await foreach (var name in hooks.ListAsync(after: null, cancellationToken))
        {
            if (await hooks.ReadAsync(name, cancellationToken) is not var (hook, _) || hook.DeletedAt is not null || hook.Kind != S3Hook.Kind)
                continue;
            isAnybodys = true;
            try
            {
                await news.TakeAsync(hook, _notifications, notification, cancellationToken);
            }
            catch (RefusedRequestException refused)
            {
                first ??= refused;
            }
        }
        if (first is not null)
            throw first;
        return isAnybodys ? null : $"no-hook: There is no hook of kind {S3Hook.Kind}, which says of which model the object is. Make one, and send the message again.";
    }
}
